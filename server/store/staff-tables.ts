/** What My Staff keeps; a part of schema.ts. */
export interface StaffTables {
  staff_settings: { tenant_id: string; access: string; group_ids: string }
  call_backs: {
    tenant_id: string
    id: string
    user_id: string
    manager_id: string
    link_hash: string
    asked_sealed: string
    state: string
    tries: number
    started_at: number
    expires_at: number
  }
}
