const none: ReadonlySet<string> = new Set()

/**
 * What a request asks for without insisting (RFC 7240): `Prefer: return=representation, mfa-only`. In small letters; quotes around a value
 * mean the same as none, what stands behind a semicolon is nothing that any door here reads, and of `return` told twice the first counts.
 */
export function preferencesIn(header: string | readonly string[] | undefined): ReadonlySet<string> {
  if (header === undefined) return none
  const told = new Map<string, string>()
  for (const part of String(header).split(',')) {
    const [name = '', value = ''] = (part.split(';', 1)[0] ?? '').split('=', 2).map((text) => text.trim().toLowerCase())
    if (name !== '' && !told.has(name)) told.set(name, value.replace(/^"(.*)"$/, '$1'))
  }
  return new Set([...told].map(([name, value]) => (value === '' ? name : `${name}=${value}`)))
}
