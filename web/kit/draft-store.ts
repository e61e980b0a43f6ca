const prefix = 'sesam.draft.'

/** What somebody typed and has not sent yet, by person: another person in the same tab finds none of it. */
export function readDraft(personId: string, key: string): string | undefined {
  return sessionStorage.getItem(nameOf(personId, key)) ?? undefined
}

export function keepDraft(personId: string, key: string, value: string): void {
  sessionStorage.setItem(nameOf(personId, key), value)
}

export function forgetDraft(personId: string, key: string): void {
  sessionStorage.removeItem(nameOf(personId, key))
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
}

function nameOf(personId: string, key: string): string {
  return `${prefix}${personId}.${key}`
}
