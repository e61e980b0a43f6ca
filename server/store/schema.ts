import type { Insertable, Selectable, Updateable } from 'kysely'
import type { AppTables } from './app-tables.ts'
import type { CallTables } from './call-tables.ts'
import type { GatewayTables } from './gateway-tables.ts'
import type { ImportTables } from './import-tables.ts'
import type { MessageTables } from './message-tables.ts'
import type { PhoneTables } from './phone-tables.ts'
import type { SignInTables } from './sign-in-tables.ts'
import type { StaffTables } from './staff-tables.ts'
import type { TallyTables } from './tally-tables.ts'

/** The TypeScript face of the tables. Flags are 0/1, instants are milliseconds, JSON and bytes (base64url) are text. */
export interface Schema
  extends AppTables,
    PhoneTables,
    MessageTables,
    ImportTables,
    CallTables,
    SignInTables,
    GatewayTables,
    StaffTables,
    TallyTables {
  installation: { name: string; value: string }
  tenants: {
    id: string
    display_name: string
    default_country: string | null
    languages: string
    technical_mails: string
    created_at: number
  }
  domains: {
    tenant_id: string
    name: string
    is_default: number
    is_initial: number
    is_verified: number
    authentication_type: string
  }
  data_keys: { tenant_id: string; id: string; master_key_id: string; wrapped: string; created_at: number }
  signing_keys: {
    tenant_id: string
    id: string
    algorithm: string
    public_key: string
    private_key_sealed: string
    created_at: number
    retired_at: number | null
    generation: number
    signs_from: number
  }
  users: UsersTable
  groups: {
    tenant_id: string
    id: string
    display_name: string
    display_name_lowered: string
    description: string | null
    mail_nickname: string
    mail_nickname_lowered: string
    is_assignable_to_role: number
    created_at: number
  }
  group_members: { tenant_id: string; group_id: string; member_id: string; member_kind: string }
  group_owners: { tenant_id: string; group_id: string; owner_id: string }
  activated_roles: { tenant_id: string; role_id: string; activated_at: number }
  role_assignments: {
    tenant_id: string
    id: string
    role_id: string
    principal_id: string
    principal_kind: string
    scope_kind: string
    scope_id: string
    created_at: number
  }
  administrative_units: {
    tenant_id: string
    id: string
    display_name: string
    display_name_lowered: string
    description: string | null
    visibility: string | null
    is_restricted: number
    created_at: number
  }
  unit_members: { tenant_id: string; unit_id: string; member_id: string; member_kind: string }
  skus: {
    tenant_id: string
    id: string
    part_number: string
    enabled_units: number
    plans: string
  }
  user_licences: { tenant_id: string; user_id: string; sku_id: string; disabled_plans: string; assigned_at: number }
  audit_events: {
    tenant_id: string
    id: string
    happened_at: number
    activity: string
    category: string
    operation: string
    result: string
    reason: string | null
    actor: string
    actor_id: string | null
    target_id: string | null
    other_target_id: string | null
    targets: string
    details: string
    request_id: string
    node_id: string
    mac: string
  }
  audit_seals: { tenant_id: string; seq: number; event_id: string; happened_at: number; hash: string; sealed_at: number }
  audit_checkpoints: { tenant_id: string; seq: number; hash: string; signed_at: number; signature: string }
  bootstrap_links: { tenant_id: string; token_hash: string; user_id: string; expires_at: number; used_at: number | null }
  budgets: { key: string; tat: number; room: number; cost: number; granted: number; paid_at: number }
  method_pauses: {
    tenant_id: string
    key: string
    failures: number
    pauses: number
    paused_until: number
    is_suspended: number
    changed_at: number
  }
  password_tries: {
    tenant_id: string
    person: string
    browser: string
    failures: number
    locked_until: number
    recent: string
    changed_at: number
  }
  passes: {
    tenant_id: string
    user_id: string
    id: string
    secret_hash: string
    is_once: number
    created_at: number
    starts_at: number
    expires_at: number
    used_at: number | null
  }
  known_browsers: { tenant_id: string; browser_hash: string; user_id: string; seen_at: number }
  oidc_records: {
    tenant_id: string
    kind: string
    id: string
    user_id: string | null
    epoch: number | null
    grant_id: string | null
    uid: string | null
    user_code: string | null
    payload_sealed: string
    created_at: number
    expires_at: number
    consumed_at: number | null
  }
}

interface UsersTable {
  tenant_id: string
  id: string
  user_principal_name: string
  user_principal_name_lowered: string
  display_name: string
  display_name_lowered: string
  given_name: string | null
  given_name_lowered: string
  surname: string | null
  surname_lowered: string
  mail: string | null
  mail_lowered: string
  mail_nickname: string
  mail_nickname_lowered: string
  job_title: string | null
  job_title_lowered: string
  department: string | null
  department_lowered: string
  office_location: string | null
  office_location_lowered: string
  employee_id: string | null
  employee_id_lowered: string
  company_name: string | null
  street_address: string | null
  postal_code: string | null
  city: string | null
  state: string | null
  country: string | null
  usage_location: string | null
  preferred_language: string | null
  mobile_phone_sealed: string | null
  business_phones_sealed: string | null
  other_mails: string
  user_type: string
  account_enabled: number
  manager_id: string | null
  password_hash: string | null
  password_changed_at: number | null
  password_policies: string | null
  must_change_password: number
  epoch: number
  sessions_valid_from: number
  created_at: number
  deleted_at: number | null
}

export type TableName = keyof Schema

export type Selected<Table extends TableName> = Selectable<Schema[Table]>

export type Inserted<Table extends TableName> = Insertable<Schema[Table]>

export type Updated<Table extends TableName> = Updateable<Schema[Table]>

/** Every table with its primary key, in an order that satisfies every reference: what a backup walks. */
export const tables = {
  installation: ['name'],
  tenants: ['id'],
  domains: ['name'],
  data_keys: ['tenant_id', 'id'],
  signing_keys: ['tenant_id', 'id'],
  users: ['tenant_id', 'id'],
  groups: ['tenant_id', 'id'],
  group_members: ['tenant_id', 'group_id', 'member_id'],
  group_owners: ['tenant_id', 'group_id', 'owner_id'],
  activated_roles: ['tenant_id', 'role_id'],
  administrative_units: ['tenant_id', 'id'],
  unit_members: ['tenant_id', 'unit_id', 'member_id'],
  role_assignments: ['tenant_id', 'id'],
  skus: ['tenant_id', 'id'],
  user_licences: ['tenant_id', 'user_id', 'sku_id'],
  audit_events: ['tenant_id', 'id'],
  audit_seals: ['tenant_id', 'seq'],
  audit_checkpoints: ['tenant_id', 'seq'],
  sign_ins: ['tenant_id', 'id'],
  tallies: ['tenant_id', 'subject', 'hour', 'name', 'outcome'],
  tally_marks: ['tenant_id', 'subject'],
  bootstrap_links: ['tenant_id', 'token_hash'],
  phones: ['tenant_id', 'user_id', 'phone_type'],
  email_methods: ['tenant_id', 'user_id'],
  notices: ['tenant_id', 'id'],
  method_choices: ['tenant_id', 'user_id'],
  registration_snoozes: ['tenant_id', 'user_id', 'method'],
  reregistrations: ['tenant_id', 'user_id'],
  method_policies: ['tenant_id', 'method'],
  method_targets: ['tenant_id', 'method', 'target_id', 'is_excluded'],
  method_policy_settings: ['tenant_id'],
  sign_in_settings: ['tenant_id'],
  brandings: ['tenant_id'],
  own_gateways: ['tenant_id', 'channel'],
  gateway_health: ['tenant_id', 'channel'],
  message_counts: ['tenant_id', 'channel', 'day_at', 'country'],
  checklist_steps: ['tenant_id', 'step'],
  staff_settings: ['tenant_id'],
  call_backs: ['tenant_id', 'id'],
  challenges: ['tenant_id', 'id'],
  outbox: ['tenant_id', 'challenge_id', 'send'],
  calls: ['tenant_id', 'id'],
  budgets: ['key'],
  method_pauses: ['tenant_id', 'key'],
  password_tries: ['tenant_id', 'person', 'browser'],
  passes: ['tenant_id', 'user_id'],
  known_browsers: ['tenant_id', 'browser_hash', 'user_id'],
  oidc_records: ['tenant_id', 'kind', 'id'],
  apps: ['tenant_id', 'id'],
  app_secrets: ['tenant_id', 'app_object_id', 'id'],
  app_keys: ['tenant_id', 'app_object_id', 'id'],
  service_principals: ['tenant_id', 'id'],
  app_consents: ['tenant_id', 'id'],
  app_role_assignments: ['tenant_id', 'id'],
  imports: ['tenant_id', 'id'],
  import_rows: ['tenant_id', 'import_id', 'row_number'],
} as const satisfies Record<TableName, readonly string[]>
