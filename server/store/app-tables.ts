/** The tables of apps: what is registered, who lets it in, and what it may do. */
export interface AppTables {
  apps: {
    tenant_id: string
    id: string
    app_id: string
    display_name: string
    display_name_lowered: string
    description: string | null
    audience: string
    redirect_uris: string
    home_page_url: string | null
    logout_url: string | null
    back_channel_logout_uri: string | null
    is_fallback_public_client: number
    id_token_algorithm: string
    required_scopes: string
    required_roles: string
    created_at: number
  }
  app_secrets: {
    tenant_id: string
    app_object_id: string
    id: string
    display_name: string | null
    hint: string
    hash: string
    starts_at: number
    ends_at: number
  }
  app_keys: {
    tenant_id: string
    app_object_id: string
    id: string
    display_name: string | null
    jwk: string
    starts_at: number
    ends_at: number
  }
  service_principals: {
    tenant_id: string
    id: string
    app_id: string
    home_tenant_id: string
    display_name: string
    display_name_lowered: string
    is_enabled: number
    created_at: number
  }
  app_consents: {
    tenant_id: string
    id: string
    service_principal_id: string
    person_id: string | null
    scopes: string
    created_at: number
  }
  app_role_assignments: { tenant_id: string; id: string; service_principal_id: string; role: string; created_at: number }
}
