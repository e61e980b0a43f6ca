import { type SqlBool, sql } from 'kysely'
import type { App, AppKey, AppSecret, Client } from '#server/domain/app.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Selected } from './schema.ts'
import { textsIn } from './tenants.ts'

/** Asked on every sign-in: a service principal of one tenant with its registration, which may stand in another. */
const clientRow = prepared((db, tenantId: string, appId: string) =>
  db
    .selectFrom('service_principals')
    .innerJoin('apps', (join) =>
      join.onRef('apps.app_id', '=', 'service_principals.app_id').onRef('apps.tenant_id', '=', 'service_principals.home_tenant_id'),
    )
    .selectAll('apps')
    .select(['service_principals.id as service_principal_id', 'service_principals.is_enabled', 'service_principals.home_tenant_id'])
    .where('service_principals.tenant_id', '=', tenantId)
    .where('service_principals.app_id', '=', appId)
    .where(sql<SqlBool>`(apps.tenant_id = service_principals.tenant_id or apps.audience = 'AzureADMultipleOrgs')`),
)

/** What the app proves itself with, as its home keeps it, and what this tenant lets it do: a kind of fact a row. */
const clientFacts = prepared((db, homeTenantId: string, appObjectId: string, tenantId: string, servicePrincipalId: string) =>
  db
    .selectFrom('app_secrets')
    .select([sql<string>`'secret'`.as('fact'), 'id', 'display_name', 'hint', 'hash as value', 'starts_at', 'ends_at'])
    .where('app_secrets.tenant_id', '=', homeTenantId)
    .where('app_object_id', '=', appObjectId)
    .unionAll((nested) =>
      nested
        .selectFrom('app_keys')
        .select([sql<string>`'key'`.as('fact'), 'id', 'display_name', sql<string>`''`.as('hint'), 'jwk as value', 'starts_at', 'ends_at'])
        .where('app_keys.tenant_id', '=', homeTenantId)
        .where('app_object_id', '=', appObjectId),
    )
    .unionAll((nested) =>
      nested
        .selectFrom('app_consents')
        .select([
          sql<string>`'scopes'`.as('fact'),
          'id',
          noName,
          sql<string>`''`.as('hint'),
          'scopes as value',
          never('starts_at'),
          never('ends_at'),
        ])
        .where('app_consents.tenant_id', '=', tenantId)
        .where('service_principal_id', '=', servicePrincipalId)
        .where('person_id', 'is', null),
    )
    .unionAll((nested) =>
      nested
        .selectFrom('app_role_assignments')
        .select([
          sql<string>`'role'`.as('fact'),
          'id',
          noName,
          sql<string>`''`.as('hint'),
          'role as value',
          never('starts_at'),
          never('ends_at'),
        ])
        .where('app_role_assignments.tenant_id', '=', tenantId)
        .where('service_principal_id', '=', servicePrincipalId),
    ),
)

const noName = sql<string | null>`cast(null as text)`.as('display_name')

function never<Name extends string>(name: Name) {
  return sql<number>`0`.as(name)
}

export async function readClient(connection: Connection, tenantId: string, appId: string): Promise<Client | undefined> {
  const row = await clientRow.first(connection, tenantId, appId)
  if (!row) return undefined
  const facts = await clientFacts.all(connection, row.home_tenant_id, row.id, tenantId, row.service_principal_id)
  return {
    app: toApp(
      row,
      facts.filter(({ fact }) => fact === 'secret').map((secret) => toSecret({ ...secret, hash: secret.value })),
      facts.filter(({ fact }) => fact === 'key').map((key) => toKey({ ...key, jwk: key.value })),
    ),
    servicePrincipalId: row.service_principal_id,
    isEnabled: row.is_enabled === 1,
    consentedScopes: new Set(facts.filter(({ fact }) => fact === 'scopes').flatMap(({ value }) => scopesIn(value))),
    consentedRoles: new Set(facts.filter(({ fact }) => fact === 'role').map(({ value }) => value)),
  }
}

/** Undefined for an app that is switched off, too. */
export async function readName(connection: Connection, tenantId: string, appId: string): Promise<string | undefined> {
  const row = await clientRow.first(connection, tenantId, appId)
  return row?.is_enabled === 1 ? row.display_name : undefined
}

/** Apps with what they prove themselves with, in the order of their rows. */
export async function withCredentials(connection: Connection, tenantId: string, rows: readonly Selected<'apps'>[]): Promise<App[]> {
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const { kysely } = connection
  const secrets = await kysely
    .selectFrom('app_secrets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_object_id', 'in', ids)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  const keys = await kysely
    .selectFrom('app_keys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('app_object_id', 'in', ids)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  return rows.map((row) =>
    toApp(
      row,
      secrets.filter((secret) => secret.app_object_id === row.id).map(toSecret),
      keys.filter((key) => key.app_object_id === row.id).map(toKey),
    ),
  )
}

export function scopesIn(text: string): string[] {
  return text.split(' ').filter(Boolean)
}

export function toApp(row: Selected<'apps'>, secrets: readonly AppSecret[], keys: readonly AppKey[]): App {
  const uris: Partial<App['redirectUris']> = JSON.parse(row.redirect_uris)
  return {
    id: row.id,
    appId: row.app_id,
    displayName: row.display_name,
    description: row.description ?? undefined,
    audience: row.audience === 'AzureADMultipleOrgs' ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    redirectUris: { web: uris.web ?? [], spa: uris.spa ?? [], publicClient: uris.publicClient ?? [] },
    homePageUrl: row.home_page_url ?? undefined,
    logoutUrl: row.logout_url ?? undefined,
    backChannelLogoutUri: row.back_channel_logout_uri ?? undefined,
    isFallbackPublicClient: row.is_fallback_public_client === 1,
    idTokenAlgorithm: row.id_token_algorithm === 'RS256' ? 'RS256' : 'ES256',
    requiredScopes: textsIn(row.required_scopes),
    requiredRoles: textsIn(row.required_roles),
    secrets,
    keys,
    createdAt: new Date(row.created_at),
  }
}

type SecretRow = Pick<Selected<'app_secrets'>, 'id' | 'display_name' | 'hint' | 'hash' | 'starts_at' | 'ends_at'>

function toSecret(row: SecretRow): AppSecret {
  return { id: row.id, hint: row.hint, hash: row.hash, ...named(row) }
}

type KeyRow = Pick<Selected<'app_keys'>, 'id' | 'display_name' | 'jwk' | 'starts_at' | 'ends_at'>

function toKey(row: KeyRow): AppKey {
  return { id: row.id, jwk: JSON.parse(row.jwk), ...named(row) }
}

function named(row: Pick<KeyRow, 'display_name' | 'starts_at' | 'ends_at'>) {
  return { displayName: row.display_name ?? undefined, startsAt: new Date(row.starts_at), endsAt: new Date(row.ends_at) }
}
