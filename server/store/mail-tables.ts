/** Addresses that prove people; a part of schema.ts. */
export interface MailTables {
  email_methods: {
    tenant_id: string
    user_id: string
    address_sealed: string
    address_index: string
    proven_at: number | null
    used_at: number | null
    created_at: number
  }
}
