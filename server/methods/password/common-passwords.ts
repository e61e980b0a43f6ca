import { folded } from '#server/domain/password-policy.ts'

let loading: Promise<ReadonlySet<string>> | undefined

/** The passwords most people take, as they are folded. Loaded when the first new password is judged: most servers never need them. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= load()
  return loading
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set((dictionary['passwords-common'] ?? []).map(folded))
}
