/** What an app waits for while a person signs in. */
export interface Interaction {
  id: string
  appId: string
  appName: string
  /** Where the answer goes in the end; a page that posts a form must allow it. */
  appOrigin: string | undefined
  wants: 'sign_in' | 'choose_account'
  /** The app will not take a sign-in with one factor. */
  needsTwoFactors: boolean
  /** It insists on something nobody can prove here. */
  isUnobtainable: boolean
  /** A name the app suggests. It fills the field and nothing more. */
  loginHint: string | undefined
  uiLocales: string | undefined
  /** Who is signed in here already. */
  userId: string | undefined
  isDeviceCode: boolean
  /** The app takes people of any organisation, and which one this person is of shows when their number is proven. */
  isAnywhere: boolean
}

/** What was proven, and how. */
export interface Proof {
  userId: string
  methods: readonly string[]
  provenAt: Date
  /** The row of the log that tells how. */
  attemptId: string
  /** What was set up since the proof. It opens what comes next, and is no factor of this sign-in: whoever began it could set up anything. */
  enrolled?: readonly string[]
}

/** A proof that waits until its person has done what comes before the answer. */
export interface HeldProof extends Proof {
  /** The person's epoch when it was made: when their sessions are ended, this ends with them. */
  epoch: number | undefined
}

/** All that somebody has shown here, for what asks no more than that they were asked something. */
export function shownBy({ methods, enrolled = [] }: Pick<Proof, 'methods' | 'enrolled'>): string[] {
  return [...methods, ...enrolled]
}

/** What a living session proves to an app that asks for more than it holds, but for nothing newer. */
export interface SessionProof {
  userId: string
  methods: readonly string[]
  provenAt: Date
  epoch: number | undefined
}

/** A session that is alive in this browser. */
export interface LivingSession {
  id: string
  uid: string
  userId: string
}

/** One for each organisation, so that signing in to a second one does not sign out of the first. */
export function sessionCookieName(tenantId: string): string {
  return `s-${tenantId.slice(0, 8)}`
}
