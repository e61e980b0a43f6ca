import type { SilentSignIn } from './silent-sign-ins.ts'

interface Write {
  kind: string
  id: string
  /** Undefined when it is to be removed. */
  save: { payload: Readonly<Record<string, unknown>>; expiresInSeconds: number; epoch: number | undefined } | undefined
}

/** No person's epoch: a session somebody was to begin, in a request that failed before it was clear who they are now. */
const ended = -1

/** What one request to the OpenID provider has learnt and wants written. */
export class RequestState {
  /** Kept until the answer is ready, then written in one transaction: a session, its grant and its code stand together or not at all. */
  readonly writes = new Map<string, Write>()
  /** The person's epoch at the time each record was made. */
  readonly epochs = new Map<string, number>()
  account: { id: string; epoch: number } | undefined
  /** For the log of sign-ins. */
  readonly silent: SilentSignIn[] = []
  /** Which session came of which attempt. */
  readonly proven: { attemptId: string; sessionName: string }[] = []
  /** Nothing that is given out lives longer: what opened it is only lent. */
  endsAt: Date | undefined
  /** Of the session this browser came with, whatever id it is given meanwhile. */
  sessionEpoch: number | undefined

  later(write: Write): void {
    this.writes.set(nameOf(write.kind, write.id), write)
  }

  waiting(kind: string, id: string): Write | undefined {
    return this.writes.get(nameOf(kind, id))
  }

  waitingWithUid(kind: string, uid: string): Write | undefined {
    return [...this.writes.values()].find((write) => write.kind === kind && write.save?.payload.uid === uid)
  }

  epochOf(kind: string, id: string): number | undefined {
    return this.epochs.get(nameOf(kind, id))
  }

  sawEpoch(kind: string, id: string, epoch: number): void {
    this.epochs.set(nameOf(kind, id), epoch)
    if (kind === 'Session') this.sessionEpoch = epoch
  }

  /**
   * What is written in a person's name carries the epoch they were found with. Where nobody looked them up it keeps the one it had, also under
   * a new id: a session that was ended must not live again because a page of the protocol happened to save it.
   */
  epochFor(kind: string, id: string, accountId: unknown): number | undefined {
    if (this.account && this.account.id === accountId) return this.account.epoch
    return this.epochOf(kind, id) ?? (kind === 'Session' ? (this.sessionEpoch ?? ended) : undefined)
  }
}

const states = new WeakMap<object, RequestState>()

/** By the library's own context object, which lives exactly as long as its request. */
export function stateOf(context: object): RequestState {
  const known = states.get(context)
  if (known) return known
  const state = new RequestState()
  states.set(context, state)
  return state
}

function nameOf(kind: string, id: string): string {
  return `${kind} ${id}`
}

const addresses = new WeakMap<object, string>()

/** Remembers where the request came from, for as long as it lasts. */
export function cameFrom(request: object, address: string): void {
  addresses.set(request, address)
}

export function addressOf(request: object): string {
  return addresses.get(request) ?? ''
}
