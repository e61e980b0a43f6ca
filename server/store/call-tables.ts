/** Calls, and what becomes of them; a part of schema.ts. */
export interface CallTables {
  calls: {
    tenant_id: string
    id: string
    purpose: string
    user_id: string | null
    number_sealed: string
    number_index: string
    extension_sealed: string | null
    phone_type: string
    binding: string
    slot: string | null
    locale: string
    round: number
    state: string
    held_for: string | null
    tries: number
    tries_total: number
    reports: string
    leases: number
    failures: number
    due_at: number
    started_at: number
    called_at: number
    expires_at: number
    used_at: number | null
  }
}
