import { AsyncLocalStorage } from 'node:async_hooks'
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import type { OidcRecord } from '#server/store/oidc-records.ts'
import type { Stores, System } from '#server/system.ts'
import { findByUserCode } from './device-codes.ts'
import { type RequestState, stateOf } from './request-state.ts'
import { addSilent, worthKeeping } from './silent-sign-ins.ts'

const sessionsOfPersonMax = 20

/** Two who bring the same one of these at the same moment: one is served, for the other everything given under the grant ends. */
const spentUnderGrant: ReadonlySet<string> = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode'])

/** What names the session it was made in, or is one. */
const inSession: ReadonlySet<string> = new Set(['Session', 'AuthorizationCode', 'RefreshToken'])

const transaction = new AsyncLocalStorage<Stores>()

/** What the library saves inside `work` stands or falls with the rest of the caller's transaction. */
export function savingWith<T>(stores: Stores, work: () => Promise<T>): Promise<T> {
  return transaction.run(stores, work)
}

/**
 * The provider's memory, on our store. What is written while a request is served is written when its answer is ready, in one transaction;
 * only what must happen exactly once is settled at once, by the store itself: an ordinary adapter would redeem one code many times over
 * when it is brought in parallel.
 */
export class RecordsAdapter implements Adapter {
  readonly #kind: string
  readonly #system: () => System

  constructor(kind: string, system: () => System) {
    this.#kind = kind
    this.#system = system
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void> {
    const system = this.#system()
    if (this.#kind === 'ReplayDetection') {
      const until = new Date(system.now().getTime() + expiresInSeconds * 1000)
      const isFirst = await system.writing(({ oidcRecords }) => oidcRecords.addOnce(this.#kind, id, until, system.now()))
      if (!isFirst) throw new errors.InvalidGrant('this has been used before')
      return
    }
    const state = requestState()
    const epoch = state?.epochFor(this.#kind, id, payload.accountId)
    const write = { kind: this.#kind, id, save: { payload: { ...payload }, expiresInSeconds, epoch } }
    const caller = transaction.getStore()
    if (caller) await apply(caller, [write], system.now())
    else if (state) state.later(write)
    else await system.writing((stores) => apply(stores, [write], system.now()))
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const state = requestState()
    const waiting = state?.waiting(this.#kind, id)
    if (waiting) return waiting.save?.payload
    const { oidcRecords, now } = this.#system()
    return this.#living(state, await oidcRecords.find(this.#kind, id, now()))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const state = requestState()
    const waiting = state?.waitingWithUid(this.#kind, uid)
    if (waiting) return waiting.save?.payload
    const { oidcRecords, now } = this.#system()
    return this.#living(state, await oidcRecords.findByUid(this.#kind, uid, now()))
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const system = this.#system()
    const { oidcRecords, now } = system
    return findByUserCode(system, async () => this.#seen(requestState(), await oidcRecords.findByUserCode(this.#kind, userCode, now())))
  }

  async consume(id: string): Promise<void> {
    const system = this.#system()
    const isMine = await system.writing(({ oidcRecords }) => oidcRecords.consume(this.#kind, id, system.now()))
    if (isMine) return
    if (spentUnderGrant.has(this.#kind)) await this.#endGrantOf(id)
    if (this.#kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('this request_uri has been used before')
    throw new errors.InvalidGrant('this has been used before')
  }

  /** By itself: who has waited for the record holds it until the end of their transaction, and two of those would wait for each other. */
  async #endGrantOf(id: string): Promise<void> {
    const { oidcRecords, writing, now } = this.#system()
    const record = await oidcRecords.find(this.#kind, id, now())
    if (record) await writing((stores) => stores.oidcRecords.removeGrantOf(record))
  }

  async destroy(id: string): Promise<void> {
    const state = requestState()
    if (state) state.later({ kind: this.#kind, id, save: undefined })
    else await this.#system().writing(({ oidcRecords }) => oidcRecords.remove(this.#kind, id))
  }

  /** The library asks this of every kind of record at once; all of them end together, so one answer is enough. */
  async revokeByGrantId(grantId: string): Promise<void> {
    if (this.#kind !== 'AccessToken') return
    await this.#system().writing(({ oidcRecords }) => oidcRecords.removeGrant(grantId))
  }

  /** A request that was under way when a session was ended may have written it once more: whoever comes with it or its codes finds nothing. */
  async #living(state: RequestState | undefined, record: OidcRecord | undefined): Promise<AdapterPayload | undefined> {
    const { uid, sessionUid = uid } = record?.payload ?? {}
    const { sessions, now } = this.#system()
    const isOver = inSession.has(this.#kind) && typeof sessionUid === 'string' && (await sessions.hasEnded(sessionUid, now()))
    return isOver ? undefined : this.#seen(state, record)
  }

  #seen(state: RequestState | undefined, record: OidcRecord | undefined): AdapterPayload | undefined {
    if (!record) return undefined
    const { payload, epoch, consumedAt } = record
    if (epoch !== undefined) state?.sawEpoch(this.#kind, String(payload.jti), epoch)
    return consumedAt ? { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) } : payload
  }
}

/** Writes what a request has gathered. Called before its answer leaves, so that nothing is promised that is not kept. */
export async function settle(system: System, context: object): Promise<void> {
  const { writes, silent, proven } = stateOf(context)
  if (writes.size === 0 && silent.length === 0) return
  const list = [...writes.values()]
  writes.clear()
  const kept = await worthKeeping(system, silent)
  if (list.length === 0 && kept.length === 0) return
  await system.writing(async (stores) => {
    await apply(stores, list, system.now())
    await addSilent(stores, kept, system.now())
    for (const { attemptId, sessionName } of proven) await stores.signIns.keepSession(attemptId, sessionName)
  })
}

type Write = ReturnType<RequestState['waiting']> & {}

async function apply(
  { oidcRecords, authority }: Pick<Stores, 'oidcRecords' | 'authority'>,
  writes: readonly Write[],
  now: Date,
): Promise<void> {
  for (const { kind, id, save } of writes) {
    if (!save) {
      await oidcRecords.remove(kind, id)
      continue
    }
    const { payload, expiresInSeconds } = save
    const userId = textIn(payload, 'accountId')
    // A session that begins on our own pages belongs to the person as they are now.
    const begins = kind === 'Session' && userId !== undefined && save.epoch === undefined
    const epoch = begins ? (await authority.findAccount(userId))?.epoch : save.epoch
    await oidcRecords.save(
      kind,
      id,
      {
        payload,
        userId,
        epoch,
        grantId: kind === 'Grant' ? undefined : textIn(payload, 'grantId'),
        uid: textIn(payload, 'uid'),
        userCode: textIn(payload, 'userCode'),
        expiresAt: new Date(now.getTime() + expiresInSeconds * 1000),
      },
      now,
    )
    if (kind === 'Session' && userId) await oidcRecords.dropAllButNewest(kind, userId, sessionsOfPersonMax)
  }
}

function requestState(): RequestState | undefined {
  const context = Provider.ctx
  return context ? stateOf(context) : undefined
}

function textIn(payload: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = payload[name]
  return typeof value === 'string' ? value : undefined
}
