/** How an attempt to sign in ended: let in, refused, or left before it came to either. */
export const signInOutcomes = ['success', 'failure', 'interrupted'] as const

export type SignInOutcome = (typeof signInOutcomes)[number]

/** What is proven with, in the words of Entra's log, which scripts look for. */
export const signInMethods = [
  'Text message',
  'Phone call',
  'Email one-time passcode',
  'Password',
  'Temporary Access Pass',
  'Passkey',
  'Authenticator app',
  'Software OATH token',
  'Previously satisfied',
] as const

export type SignInMethod = (typeof signInMethods)[number]

/** Where an administrator goes to do something about an attempt. */
export const signInRemedies = ['methods', 'profile', 'policy', 'gateways', 'app', 'apps', 'sameAddress', 'samePerson'] as const

export type SignInRemedy = (typeof signInRemedies)[number]

/** What somebody can type to say who they are. */
export const identifierTypes = ['phoneNumber', 'userPrincipalName'] as const
