/** What people prove themselves with; each is a folder under `server/methods`. */
export const methodIds = ['sms', 'voice', 'email', 'password', 'temporary-access-pass'] as const

export type MethodId = (typeof methodIds)[number]

/** What an organisation can decide about, whether it is built here yet or not: each has a configuration in Graph. */
export const policyIds = [
  'sms',
  'voice',
  'push',
  'totp',
  'passkey',
  'temporary-access-pass',
  'email',
  'certificate',
  'hardware-totp',
] as const

export type PolicyId = (typeof policyIds)[number]
