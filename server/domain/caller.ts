import type { Actor } from './administer.ts'
import type { AuditActor } from './audit-event.ts'

/** In whose name a change is written down, and by which request it came. */
export interface Author {
  author: AuditActor
  requestId: string
  /** What the browser says it is, where somebody asks with one. */
  userAgent?: string | undefined
  /** What stands beside every event of this request, as that it came by My Staff. */
  mark?: Readonly<Record<string, string>>
}

/** Who makes this call: the person behind the token with the roles of this moment, and what the app may do in their name. */
export interface Caller extends Actor, Author {
  scopes: ReadonlySet<string>
  /** When the session behind the token was last proven; an app in its own name proves no person. */
  provenAt: Date | undefined
  /** What the session is called that the token belongs to, if it belongs to one. */
  sessionName: string | undefined
}
