import type { HeldSession } from './session.ts'

type Tell = (tenantId: string, sessions: readonly HeldSession[]) => void

/** Sessions that were ended here. The apps that know them want to hear of it; whoever can reach the apps listens. */
export class SignOuts {
  #tell: Tell = () => {}

  listen(tell: Tell): void {
    this.#tell = tell
  }

  /** To be said after the commit: what is told to an app cannot be taken back. */
  announce(tenantId: string, sessions: readonly HeldSession[]): void {
    if (sessions.length > 0) this.#tell(tenantId, sessions)
  }
}
