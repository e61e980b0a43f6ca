/** What was brought in by a file; a part of schema.ts. */
export interface ImportTables {
  imports: {
    tenant_id: string
    id: string
    source_index: string
    source_sealed: string | null
    orders: string
    state: string
    problem: string | null
    rows_done: number
    created: number
    updated: number
    unchanged: number
    skipped: number
    failed: number
    lease: string | null
    leased_until: number
    started_at: number
    changed_at: number
  }
  import_rows: { tenant_id: string; import_id: string; row_number: number; name: string; outcome: string; notes: string }
}
