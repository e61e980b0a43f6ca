/** Codes that were asked for, what is sent, addresses that prove people, and what people are told about changes; a part of schema.ts. */
export interface MessageTables {
  challenges: {
    tenant_id: string
    id: string
    method: string
    purpose: string
    user_id: string | null
    number_sealed: string
    number_index: string
    binding: string
    slot: string | null
    locale: string
    generation: number
    tries: number
    tries_total: number
    sends: number
    started_at: number
    sent_at: number
    expires_at: number
    passed_at: number | null
    country: string | null
  }
  outbox: {
    tenant_id: string
    challenge_id: string
    send: number
    generation: number
    method: string
    kind: string
    state: string
    held_for: string | null
    leases: number
    failures: number
    due_at: number
    added_at: number
  }
  notices: {
    tenant_id: string
    id: string
    change_id: string
    user_id: string
    receiver_sealed: string
    change_sealed: string
    link_hash: string
    happened_at: number
    expires_at: number
    reported_at: number | null
  }
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
