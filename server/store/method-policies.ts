import { type Kysely, sql } from 'kysely'
import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import {
  everybody,
  type LicenceMode,
  type MethodPolicy,
  type MethodStanding,
  type MethodTarget,
  noPolicy,
  standingAmong,
} from '#server/domain/method-policy.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Schema, Selected } from './schema.ts'

const policyRow = prepared((db, tenantId: string, method: string) =>
  db.selectFrom('method_policies').selectAll().where('tenant_id', '=', tenantId).where('method', '=', method),
)
const targetRows = prepared((db, tenantId: string, method: string) =>
  db
    .selectFrom('method_targets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('method', '=', method)
    .orderBy('is_excluded')
    .orderBy('target_id'),
)
const policyRows = prepared((db, tenantId: string) => db.selectFrom('method_policies').selectAll().where('tenant_id', '=', tenantId))
const everyTargetRow = prepared((db, tenantId: string) =>
  db.selectFrom('method_targets').selectAll().where('tenant_id', '=', tenantId).orderBy('is_excluded').orderBy('target_id'),
)

/**
 * The policies beside each target this person falls under, in one statement, and whether they lack a licence they need. Neither engine walks the
 * groups before some target is neither everybody nor this person, since what stands in parentheses is only worked out when it is first asked. A
 * union, so that even a circle of groups would end; a cross join, because SQLite keeps its order.
 */
function aroundPerson(db: Kysely<Schema>, tenantId: string, userId: string) {
  return db
    .withRecursive('around', (nested) =>
      nested
        .selectFrom('group_members')
        .select('group_id as id')
        .where('tenant_id', '=', tenantId)
        .where('member_id', '=', userId)
        .union(
          nested
            .selectFrom('around')
            .crossJoin('group_members')
            .select('group_members.group_id as id')
            .where('group_members.tenant_id', '=', tenantId)
            .whereRef('group_members.member_id', '=', 'around.id'),
        ),
    )
    .selectFrom('method_policies')
    .leftJoin('method_targets', (join) =>
      join
        .onRef('method_targets.tenant_id', '=', 'method_policies.tenant_id')
        .onRef('method_targets.method', '=', 'method_policies.method')
        .on((target) =>
          target.or([
            target('method_targets.target_id', '=', everybody),
            target('method_targets.target_id', '=', userId),
            target('method_targets.target_id', 'in', target.selectFrom('around').select('around.id')),
          ]),
        ),
    )
    .select(['method_policies.method', 'method_policies.is_enabled', 'method_targets.is_excluded'])
    .select(['method_targets.is_usable_for_sign_in', 'method_targets.is_registration_required'])
    .select((row) =>
      row
        .case()
        .when(
          row.and([
            row('method_policies.licence_mode', '=', 'enforce'),
            row.not(
              row.exists(
                row
                  .selectFrom('user_licences')
                  .select('sku_id')
                  .where('tenant_id', '=', tenantId)
                  .where('user_id', '=', userId)
                  .where('sku_id', 'in', skusForSmsSignIn),
              ),
            ),
          ]),
        )
        .then(sql.lit(1))
        .else(sql.lit(0))
        .end()
        .as('lacks_licence'),
    )
    .where('method_policies.tenant_id', '=', tenantId)
}
const standing = prepared((db, tenantId: string, method: string, userId: string) =>
  aroundPerson(db, tenantId, userId).where('method_policies.method', '=', method),
)
const standings = prepared((db, tenantId: string, userId: string) => aroundPerson(db, tenantId, userId))
const noTargets = prepared((db, tenantId: string, method: string) =>
  db.deleteFrom('method_targets').where('tenant_id', '=', tenantId).where('method', '=', method),
)
const changed = prepared((db, isEnabled: number, settings: string, tenantId: string, method: string) =>
  db.updateTable('method_policies').set({ is_enabled: isEnabled, settings }).where('tenant_id', '=', tenantId).where('method', '=', method),
)
const licensing = prepared((db, mode: string, tenantId: string, method: string) =>
  db.updateTable('method_policies').set({ licence_mode: mode }).where('tenant_id', '=', tenantId).where('method', '=', method),
)
const addPolicy = preparedAdd('method_policies')
const addTarget = preparedAdd('method_targets')

/** Which methods an organisation allows, and for whom. */
export class MethodPolicies {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Off until somebody decides. */
  async find(method: PolicyId): Promise<MethodPolicy> {
    const policy = await policyRow.first(this.#connection, this.#tenantId, method)
    return policy ? toPolicy(policy, await targetRows.all(this.#connection, this.#tenantId, method)) : noPolicy
  }

  /** Those somebody decided about. */
  async all(): Promise<ReadonlyMap<string, MethodPolicy>> {
    const targets = Map.groupBy(await everyTargetRow.all(this.#connection, this.#tenantId), ({ method }) => method)
    const policies = await policyRows.all(this.#connection, this.#tenantId)
    return new Map(policies.map((row) => [row.method, toPolicy(row, targets.get(row.method) ?? [])]))
  }

  /** What a licence means here stays as it was. */
  async set(method: PolicyId, { isEnabled, settings, targets }: MethodPolicy): Promise<void> {
    const key = { tenant_id: this.#tenantId, method }
    const columns = { is_enabled: isEnabled ? 1 : 0, settings: JSON.stringify(settings) }
    const isNew = (await addPolicy(this.#connection, { ...key, ...columns, licence_mode: usualLicenceMode })) > 0
    if (!isNew) await changed.write(this.#connection, columns.is_enabled, columns.settings, this.#tenantId, method)
    await noTargets.write(this.#connection, this.#tenantId, method)
    for (const target of targets) await this.#addTarget(method, target)
  }

  async licenceMode(method: PolicyId): Promise<LicenceMode> {
    const mode = (await policyRow.first(this.#connection, this.#tenantId, method))?.licence_mode
    return mode === 'off' || mode === 'enforce' ? mode : usualLicenceMode
  }

  async setLicenceMode(method: PolicyId, mode: LicenceMode): Promise<void> {
    if ((await licensing.write(this.#connection, mode, this.#tenantId, method)) > 0) return
    await this.set(method, noPolicy)
    await licensing.write(this.#connection, mode, this.#tenantId, method)
  }

  /** For one person at one moment: what each sign-in asks. */
  async standingOf(method: PolicyId, userId: string): Promise<MethodStanding> {
    return toStanding(await standing.all(this.#connection, this.#tenantId, method, userId))
  }

  /** The same of every method that somebody decided about. */
  async standingsOf(userId: string): Promise<ReadonlyMap<string, MethodStanding>> {
    const rows = await standings.all(this.#connection, this.#tenantId, userId)
    return new Map([...Map.groupBy(rows, ({ method }) => method)].map(([method, own]) => [method, toStanding(own)]))
  }

  async #addTarget(method: PolicyId, target: MethodTarget): Promise<void> {
    const { kind, id, isExcluded, isUsableForSignIn, isRegistrationRequired = false, settings } = target
    await addTarget(this.#connection, {
      tenant_id: this.#tenantId,
      method,
      target_id: id,
      is_excluded: isExcluded ? 1 : 0,
      target_kind: kind,
      is_usable_for_sign_in: isUsableForSignIn ? 1 : 0,
      is_registration_required: isRegistrationRequired ? 1 : 0,
      settings: settings ? JSON.stringify(settings) : null,
    })
  }
}

const usualLicenceMode = 'warn'

interface StandingRow {
  is_enabled: number
  is_excluded: number | null
  is_usable_for_sign_in: number | null
  is_registration_required: number | null
  lacks_licence: number
}

function toStanding(rows: readonly StandingRow[]): MethodStanding {
  const own = rows.filter((row) => row.is_excluded !== null)
  return standingAmong(
    rows[0]?.is_enabled === 1,
    own.map((row) => ({
      isExcluded: row.is_excluded === 1,
      isUsableForSignIn: row.is_usable_for_sign_in === 1,
      isRegistrationRequired: row.is_registration_required === 1,
    })),
    rows[0]?.lacks_licence === 1,
  )
}

function toPolicy(row: Pick<Selected<'method_policies'>, 'is_enabled' | 'settings'>, targets: readonly Selected<'method_targets'>[]) {
  const settings: Record<string, unknown> = JSON.parse(row.settings)
  return { isEnabled: row.is_enabled === 1, settings, targets: targets.map(toTarget) }
}

function toTarget(row: Selected<'method_targets'>): MethodTarget {
  const settings: Record<string, unknown> | undefined = row.settings === null ? undefined : JSON.parse(row.settings)
  return {
    kind: row.target_kind === 'user' ? 'user' : 'group',
    id: row.target_id,
    isExcluded: row.is_excluded === 1,
    isUsableForSignIn: row.is_usable_for_sign_in === 1,
    isRegistrationRequired: row.is_registration_required === 1,
    ...(settings && { settings }),
  }
}
