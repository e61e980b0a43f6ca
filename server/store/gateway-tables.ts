/** What an organisation sends by and how that goes, and how far it is with setting up; a part of schema.ts. */
export interface GatewayTables {
  own_gateways: { tenant_id: string; channel: string; settings_sealed: string; changed_at: number }
  gateway_health: {
    tenant_id: string
    channel: string
    worked_first_at: number | null
    worked_at: number | null
    failed_at: number | null
    failure: string | null
  }
  message_counts: { tenant_id: string; channel: string; day_at: number; country: string; count: number }
  checklist_steps: { tenant_id: string; step: string; reached_at: number }
}
