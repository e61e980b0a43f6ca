/** What an organisation decides about its people's numbers. */
export interface NumberRules {
  /**
   * What becomes of a default method that is deleted while others are there. `auto`: a number somebody signs in with stays, any other goes
   * and the default moves once the caller agrees; `strict`: it always stays; `reassign`: it always goes.
   */
  defaultMethodDeletion: 'auto' | 'strict' | 'reassign'
  /** Whether a number that somebody has may be another's too, for verification, or nobody's. */
  uniqueNumbers: 'signInNames' | 'tenantWide'
  /** Whether to say 409 where a number was kept but cannot name its person, as Graph does, or to leave that to the number's state. */
  strictConflict: boolean
}

/** What an organisation decides about signing in, beside which methods it allows. */
export interface SignInSettings extends NumberRules {
  /** Ask "stay signed in?" after a sign-in; the answer never outlives the absolute limit of the session. */
  asksToStaySignedIn: boolean
  /** Codes typed on another device; off, since they are easy to phish. */
  allowsDeviceCodes: boolean
  /** Countries (ISO 3166) a text may go to; undefined means the organisation's own country and those of the numbers it registered. */
  textCountries: readonly string[] | undefined
  /** Countries anybody may be called in; undefined means the organisation's own. */
  callCountries: readonly string[] | undefined
  /** Texts a day for the whole organisation; undefined means max(500, 4 × people with a sign-in number). */
  textsADay: number | undefined
  /** Networks that many people come from by one address, such as a warehouse behind one router: what an address may ask counts tenfold. */
  sharedNetworks: readonly string[]
  /**
   * What becomes of a sign-in by text where an app, a role or a policy asks for more than one factor. `stepUp`: the person adds a factor of another
   * kind; `deny`: they have to begin with another method, as in Entra.
   */
  afterSmsSignIn: 'stepUp' | 'deny'
}

export const usualSignInSettings: SignInSettings = {
  asksToStaySignedIn: true,
  allowsDeviceCodes: false,
  textCountries: undefined,
  callCountries: undefined,
  textsADay: undefined,
  sharedNetworks: [],
  defaultMethodDeletion: 'auto',
  uniqueNumbers: 'signInNames',
  strictConflict: false,
  afterSmsSignIn: 'stepUp',
}

/** How the sign-in pages look; everything may be missing. */
export interface Branding {
  /** `#rrggbb`, the one accent colour; the page picks readable text for it. */
  colour: string | undefined
  /** A PNG or JPEG as `data:` address; never SVG, which can carry scripts. */
  logo: string | undefined
  /** A sentence under the form, such as whom to call. */
  note: string | undefined
}

export const noBranding: Branding = { colour: undefined, logo: undefined, note: undefined }
