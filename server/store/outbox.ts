import { sql } from 'kysely'
import type { CodeMethod } from '#server/domain/challenge.ts'
import type { Connection, Engine } from './connection.ts'
import { prepared, preparedAdd, statements } from './prepared.ts'
import type { Selected } from './schema.ts'

const table = 'outbox'
const leaseMs = 30_000

/** `held` was never to be sent, `dead` no longer; `failed` means every gateway refused. */
export type SendState = 'waiting' | 'held' | 'sent' | 'dead' | 'failed'

/**
 * A message with a code stands for a round of its challenge. One without tells of a change, or asks about one, and its id is that of the notice
 * or of the question.
 */
const kinds = ['code', 'notice', 'call-back'] as const

export type MessageKind = (typeof kinds)[number]

/** One message that is to leave the house: which round of which challenge, never the code nor the words. */
export interface Sending {
  tenantId: string
  kind: MessageKind
  challengeId: string
  send: number
  generation: number
  /** Which lease this is; whoever took a later one has the last word. */
  lease: number
  failures: number
}

const adding = preparedAdd(table)
const releasing = prepared((db, now: number, tenantId: string, challengeId: string) =>
  db
    .updateTable(table)
    .set({ state: 'waiting', due_at: now })
    .where('tenant_id', '=', tenantId)
    .where('challenge_id', '=', challengeId)
    .where('state', '=', 'held'),
)
const stateOf = prepared((db, tenantId: string, challengeId: string, send: number) =>
  db.selectFrom(table).select('state').where('tenant_id', '=', tenantId).where('challenge_id', '=', challengeId).where('send', '=', send),
)

/** Messages of one tenant that wait to be sent. A row is written in the transaction of its challenge, so neither is ever without the other. */
export class Outbox {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** With a reason it is held. */
  async add(
    message: Pick<Sending, 'challengeId' | 'send' | 'generation'> & { method: CodeMethod; kind?: MessageKind },
    heldFor: string | undefined,
    now: Date,
  ): Promise<void> {
    const at = now.getTime()
    await adding(this.#connection, {
      tenant_id: this.#tenantId,
      challenge_id: message.challengeId,
      send: message.send,
      generation: message.generation,
      method: message.method,
      kind: message.kind ?? 'code',
      state: heldFor === undefined ? 'waiting' : 'held',
      held_for: heldFor ?? null,
      leases: 0,
      failures: 0,
      due_at: at,
      added_at: at,
    })
  }

  /** Lets go what was held. */
  async release(challengeId: string, now: Date): Promise<void> {
    await releasing.write(this.#connection, now.getTime(), this.#tenantId, challengeId)
  }

  async stateOf(challengeId: string, send: number): Promise<SendState | undefined> {
    const row = await stateOf.first(this.#connection, this.#tenantId, challengeId, send)
    return row && toState(row.state)
  }
}

const finishing = prepared((db, state: string, tenantId: string, challengeId: string, send: number, lease: number) =>
  db
    .updateTable(table)
    .set({ state })
    .where('tenant_id', '=', tenantId)
    .where('challenge_id', '=', challengeId)
    .where('send', '=', send)
    .where('leases', '=', lease)
    .where('state', '=', 'waiting'),
)
const delaying = prepared((db, dueAt: number, failures: number, tenantId: string, challengeId: string, send: number, lease: number) =>
  db
    .updateTable(table)
    .set({ due_at: dueAt, failures })
    .where('tenant_id', '=', tenantId)
    .where('challenge_id', '=', challengeId)
    .where('send', '=', send)
    .where('leases', '=', lease)
    .where('state', '=', 'waiting'),
)
const counting = prepared((db) =>
  db
    .selectFrom(table)
    .select(['method', 'state', 'held_for', sql<number>`count(*)`.as('count')])
    .groupBy(['method', 'state', 'held_for']),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('added_at', '<', before))

type Leased = Pick<Selected<typeof table>, 'tenant_id' | 'kind' | 'challenge_id' | 'send' | 'generation' | 'leases' | 'failures'>

/** The same of all tenants, for whoever sends by one method: who waits for a mail server holds up no text. A message is leased, never taken out: what a crash leaves behind comes up again by itself. */
export class OutboxQueue {
  readonly #alone: Connection
  readonly #method: CodeMethod
  readonly #tenantId: string | undefined

  /** With a tenant it is only that one's queue. */
  constructor(alone: Connection, method: CodeMethod, tenantId?: string) {
    this.#alone = alone
    this.#method = method
    this.#tenantId = tenantId
  }

  /** Nobody else gets these for half a minute, on whatever node. */
  async lease(count: number, now: Date): Promise<Sending[]> {
    const at = now.getTime()
    const whose = this.#tenantId === undefined ? [] : [this.#tenantId]
    const { rows } = await this.#alone.run(leaseText(this.#alone.engine, whose.length > 0), [
      at + leaseMs,
      at,
      this.#method,
      ...whose,
      count,
    ])
    // The statement returns just these columns.
    return (rows as unknown as Leased[]).map((row) => ({
      tenantId: row.tenant_id,
      kind: kinds.find((kind) => kind === row.kind) ?? 'code',
      challengeId: row.challenge_id,
      send: row.send,
      generation: row.generation,
      lease: row.leases,
      failures: row.failures,
    }))
  }

  async finish({ tenantId, challengeId, send, lease }: Sending, state: Exclude<SendState, 'waiting' | 'held'>): Promise<void> {
    await finishing.write(this.#alone, state, tenantId, challengeId, send, lease)
  }

  /** Comes up again then. */
  async delay({ tenantId, challengeId, send, lease }: Sending, dueAt: Date, failures: number): Promise<void> {
    await delaying.write(this.#alone, dueAt.getTime(), failures, tenantId, challengeId, send, lease)
  }
}

/** How many there are of each kind and method, of all tenants, and what held those that are held. */
export async function countOutbox(connection: Connection): Promise<{ method: string; state: string; reason: string; count: number }[]> {
  const rows = await counting.all(connection)
  return rows.map(({ method, state, held_for, count }) => ({ method, state, reason: held_for ?? '', count }))
}

/** Of all tenants. */
export async function sweepOutbox(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

const key = '"tenant_id", "challenge_id", "send"'

/** Written by hand: only PostgreSQL has several who take from one queue, and only it knows how to step around what another holds. */
function leaseText(engine: Engine, isOneTenant: boolean): string {
  const returned = `${key}, "kind", "generation", "leases", "failures"`
  if (engine === 'sqlite') {
    const due = `select ${key} from "outbox" where "state" = 'waiting' and "due_at" <= ? and "method" = ?${isOneTenant ? ' and "tenant_id" = ?' : ''} order by "due_at" limit ?`
    return `update "outbox" set "due_at" = ?, "leases" = "leases" + 1 where (${key}) in (${due}) returning ${returned}`
  }
  const [tenant, limit] = isOneTenant ? [' and "tenant_id" = $4', '$5'] : ['', '$4']
  const due = `select ${key} from "outbox" where "state" = 'waiting' and "due_at" <= $2 and "method" = $3${tenant} order by "due_at" limit ${limit}`
  const same = ['tenant_id', 'challenge_id', 'send'].map((name) => `"outbox"."${name}" = "due"."${name}"`).join(' and ')
  const columns = returned.replaceAll(/"\w+"/g, (name) => `"outbox".${name}`)
  return `with "due" as materialized (${due} for update skip locked) \
update "outbox" set "due_at" = $1, "leases" = "leases" + 1 from "due" where ${same} returning ${columns}`
}

statements.push(({ engine }) => leaseText(engine, false))

const states: readonly SendState[] = ['waiting', 'held', 'sent', 'dead', 'failed']

function toState(text: string): SendState {
  return states.find((state) => state === text) ?? 'failed'
}
