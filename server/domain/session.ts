import { hash } from 'node:crypto'

/**
 * What a session or a grant is called where its own name must not be told: in tokens, lists and the log. It tells two of them apart and opens
 * nothing. The ids are 256 random bits, so a plain hash keeps them as safe as a slow one would.
 */
export function recordName(id: string): string {
  return hash('sha256', id, 'base64url')
}

/** Somebody is signed in in a browser, or on a device that their browser let in, and these apps know it. */
export interface HeldSession {
  name: string
  userId: string
  provenAt: Date
  methods: readonly string[]
  /** When it ends whatever happens; an app with a token of its own may stay signed in longer. */
  endsAt: Date | undefined
  apps: readonly HeldApp[]
  /** The names of what the apps were given. */
  grants: readonly string[]
}

export interface HeldApp {
  appId: string
  /** What this app calls the session. */
  sid: string | undefined
}

/** Where a session was seen. */
export interface SessionTrace {
  at: Date
  address: string
  userAgent: string
}
