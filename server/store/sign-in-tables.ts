export interface SignInTables {
  sign_ins: {
    tenant_id: string
    id: string
    started_at: number
    correlation_id: string
    user_id: string | null
    user_display_name: string | null
    user_display_name_lowered: string
    user_principal_name: string | null
    user_principal_name_lowered: string
    app_id: string
    app_display_name: string
    identifier_sealed: string
    identifier_masked: string
    identifier_type: string
    address: string
    user_agent: string
    protocol: string
    is_interactive: number
    error_code: number
    session_id: string | null
    reported_at: number | null
    requirement: string
    steps: string
  }
}
