import { sql } from 'kysely'
import type { Page, Query } from '#server/domain/query.ts'
import type { SessionTrace } from '#server/domain/session.ts'
import { maskIdentifier, type RecordedSignIn, type SignInAttempt, type SignInEnd, type SignInStep } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import { fold } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedInsert } from './prepared.ts'
import { behind, conditionOf, pageOf, sortValue } from './query-sql.ts'
import type { Selected } from './schema.ts'
import { signInColumns } from './sign-in-columns.ts'
import { timeOrderedId } from './time-ordered-id.ts'
import type { Place, Vault } from './vault.ts'

type Row = Selected<'sign_ins'>

const identifierMax = 320
const userAgentMax = 512
/** An attempt has a handful of steps; somebody who guesses for hours does not make the row grow without end. */
const stepsMaxLength = 8_192

const insert = preparedInsert('sign_ins', [
  'tenant_id',
  'id',
  'started_at',
  'correlation_id',
  'user_id',
  'user_display_name',
  'user_display_name_lowered',
  'user_principal_name',
  'user_principal_name_lowered',
  'app_id',
  'app_display_name',
  'identifier_sealed',
  'identifier_masked',
  'identifier_type',
  'address',
  'user_agent',
  'protocol',
  'is_interactive',
  'error_code',
  'session_id',
  'reported_at',
  'requirement',
  'steps',
])
/** The steps are kept as the inside of a JSON list, so that one more is put behind them unread. A success stays one. */
const goneOn = prepared(
  (db, result: number, steps: string, sessionId: string | null, requirement: string | null, tenantId: string, id: string) =>
    db
      .updateTable('sign_ins')
      .set({
        error_code: result,
        steps: sql`case when length(steps) > ${sql.lit(stepsMaxLength)} then steps else steps || ${steps} end`,
        session_id: sql`coalesce(${sessionId}, session_id)`,
        requirement: sql`coalesce(${requirement}, requirement)`,
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('error_code', '<>', 0),
)
const inSession = prepared((db, sessionId: string, tenantId: string, id: string) =>
  db.updateTable('sign_ins').set({ session_id: sessionId }).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const firstInSession = prepared((db, tenantId: string, sessionId: string) =>
  db
    .selectFrom('sign_ins')
    .select(['started_at', 'address', 'user_agent'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .orderBy('started_at')
    .limit(1),
)
const lastInSession = prepared((db, tenantId: string, sessionId: string) =>
  db
    .selectFrom('sign_ins')
    .select(['started_at', 'address', 'user_agent'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .orderBy('started_at', 'desc')
    .limit(1),
)
const reporting = prepared((db, now: number, tenantId: string, id: string) =>
  db
    .updateTable('sign_ins')
    .set({ reported_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('reported_at', 'is', null),
)
const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('sign_ins').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const forgotten = prepared((db, tenantId: string, ofTenant: string, before: number, max: number) =>
  db
    .deleteFrom('sign_ins')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', (old) =>
      old
        .selectFrom('sign_ins')
        .select('id')
        .where('tenant_id', '=', ofTenant)
        .where('started_at', '<', before)
        .orderBy('started_at')
        .limit(max),
    ),
)

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The log of attempts to sign in, good and bad. */
export class SignIns {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  newId(now: Date): string {
    return timeOrderedId(now)
  }

  /** An attempt begins. The same work whether anybody has this identifier or not. */
  open(attempt: SignInAttempt): Promise<void> {
    return this.add(attempt, [])
  }

  /** An attempt that is over at once: a session answered for the person, or a token was refused. */
  async add(attempt: SignInAttempt, steps: readonly SignInStep[], { sessionId, requirement }: SignInEnd = {}): Promise<void> {
    const { id, userDisplayName, userPrincipalName, identifierType } = attempt
    const identifier = attempt.identifier.slice(0, identifierMax)
    await insert(this.#connection, {
      tenant_id: this.#tenantId,
      id,
      started_at: attempt.startedAt.getTime(),
      correlation_id: attempt.correlationId,
      user_id: attempt.userId ?? null,
      user_display_name: userDisplayName ?? null,
      user_display_name_lowered: fold(userDisplayName ?? ''),
      user_principal_name: userPrincipalName ?? null,
      user_principal_name_lowered: fold(userPrincipalName ?? ''),
      app_id: attempt.appId,
      app_display_name: attempt.appDisplayName,
      identifier_sealed: this.#vault.seal(identifier, placeOf(id)),
      identifier_masked: kept(maskIdentifier({ ...attempt, identifier })),
      identifier_type: identifierType,
      address: attempt.address.toLowerCase(),
      user_agent: kept(attempt.userAgent.slice(0, userAgentMax)),
      protocol: attempt.protocol,
      is_interactive: attempt.isInteractive ? 1 : 0,
      error_code: attempt.result,
      session_id: sessionId ?? null,
      reported_at: null,
      requirement: requirement ?? 'singleFactorAuthentication',
      steps: steps.map(written).join(''),
    })
  }

  /** One more thing happened, and this is what the attempt waits for now. */
  step(id: string, step: SignInStep, result: SignInResultCode): Promise<void> {
    return this.close(id, result, { step })
  }

  /** The attempt ended so; a success is not changed by anything that comes after it. */
  async close(id: string, result: SignInResultCode, { step, sessionId, requirement }: SignInEnd = {}): Promise<void> {
    const steps = step ? written(step) : ''
    await goneOn.write(this.#connection, result, steps, sessionId ?? null, requirement ?? null, this.#tenantId, id)
  }

  /** Which session came of it, or went on by it. */
  async keepSession(id: string, sessionName: string): Promise<void> {
    await inSession.write(this.#connection, sessionName, this.#tenantId, id)
  }

  /** Where a session was seen first and last; nothing of one from before the log remembers. */
  async traceOf(sessionName: string): Promise<{ first: SessionTrace; last: SessionTrace } | undefined> {
    const first = await firstInSession.first(this.#connection, this.#tenantId, sessionName)
    const last = first && (await lastInSession.first(this.#connection, this.#tenantId, sessionName))
    return first && last && { first: toTrace(first), last: toTrace(last) }
  }

  /** Its person says that it was not them. True for the first who says so. */
  async report(id: string, now: Date): Promise<boolean> {
    return (await reporting.write(this.#connection, now.getTime(), this.#tenantId, id)) > 0
  }

  async find(id: string): Promise<RecordedSignIn | undefined> {
    const row = await this.#row(id)
    return row && toSignIn(row)
  }

  /** What was typed, in full. */
  async revealIdentifier(id: string): Promise<string | undefined> {
    const row = await this.#row(id)
    return row && this.#vault.open(row.identifier_sealed, placeOf(row.id))
  }

  /** Newest first unless the query says otherwise. */
  async list(query: Query): Promise<Page<RecordedSignIn>> {
    const descending = query.orderBy?.descending ?? true
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#connection.kysely.selectFrom('sign_ins').selectAll().where('tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, signInColumns))
    const count = query.count
      ? (await rows.clearSelect().select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
      : undefined
    if (query.after) rows = rows.where(behind(query.after, 'sign_ins.started_at', 'sign_ins.id', descending))
    const page = await rows
      .orderBy('started_at', direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
      .execute()
    return pageOf(page, query, count, toSignIn, (row) => sortValue(row, 'started_at'))
  }

  /** Takes the oldest that began before this instant out of the log, and says how many. */
  forget(before: Date, max: number): Promise<number> {
    return forgotten.write(this.#connection, this.#tenantId, this.#tenantId, before.getTime(), max)
  }

  async #row(id: string): Promise<Row | undefined> {
    return guid.test(id) ? byId.first(this.#connection, this.#tenantId, id.toLowerCase()) : undefined
  }
}

function toTrace({ started_at: at, address, user_agent: userAgent }: Pick<Row, 'started_at' | 'address' | 'user_agent'>): SessionTrace {
  return { at: new Date(at), address, userAgent }
}

function placeOf(id: string): Place {
  return { table: 'sign_ins', column: 'identifier_sealed', row: id }
}

/** PostgreSQL keeps no text with a NUL in it, and what is cut may end in half a character; both come from outside here. */
function kept(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function written({ at, ...step }: SignInStep): string {
  return `${JSON.stringify({ at: at.getTime(), ...step })},`
}

function stepsIn(row: Row): SignInStep[] {
  // `written` above wrote them, as exactly this.
  const steps = JSON.parse(`[${row.steps.slice(0, -1)}]`) as (Omit<SignInStep, 'at'> & { at: number })[]
  return steps.map(({ at, ...step }) => ({ ...step, at: new Date(at), detail: step.detail }))
}

function toSignIn(row: Row): RecordedSignIn {
  return {
    id: row.id,
    startedAt: new Date(row.started_at),
    correlationId: row.correlation_id,
    userId: row.user_id ?? undefined,
    userDisplayName: row.user_display_name ?? undefined,
    userPrincipalName: row.user_principal_name ?? undefined,
    appId: row.app_id,
    appDisplayName: row.app_display_name,
    identifierMasked: row.identifier_masked,
    identifierType: row.identifier_type === 'phoneNumber' ? 'phoneNumber' : 'userPrincipalName',
    address: row.address,
    userAgent: row.user_agent,
    protocol: row.protocol === 'oAuth2' || row.protocol === 'deviceCode' ? row.protocol : 'none',
    isInteractive: row.is_interactive === 1,
    result: row.error_code,
    sessionId: row.session_id ?? undefined,
    reportedAt: row.reported_at === null ? undefined : new Date(row.reported_at),
    requirement: row.requirement === 'multiFactorAuthentication' ? row.requirement : 'singleFactorAuthentication',
    steps: stepsIn(row),
  }
}
