/** What a page keeps while its person is at the sign-in pages. Each tab has its own, and each way there too. */
export interface Asked {
  verifier: string
  nonce: string
  /** Where the person was: path, query and all. */
  returnTo: string
  /** Of the organisation, or the name that stands for any. */
  tenant: string
}

const prefix = 'sesam.asked.'
const waysKey = 'sesam.ways'
/** More ways to the sign-in pages than this within a minute, and something sends the browser round in circles. */
const waysMax = 4
const circleMs = 60_000

export function keepAsked(state: string, asked: Asked): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  sessionStorage.setItem(prefix + state, JSON.stringify(asked))
}

/** Once: a code that came back twice is not taken twice. */
export function takeAsked(state: string): Asked | undefined {
  const kept = sessionStorage.getItem(prefix + state)
  sessionStorage.removeItem(prefix + state)
  return kept === null ? undefined : JSON.parse(kept)
}

/** Counts a way to the sign-in pages; false when this tab has gone there so often that going again would help nobody. */
export function mayGoAgain(): boolean {
  const before: number[] = JSON.parse(sessionStorage.getItem(waysKey) ?? '[]')
  const recent = before.filter((at) => Date.now() - at < circleMs)
  sessionStorage.setItem(waysKey, JSON.stringify([...recent, Date.now()]))
  return recent.length < waysMax
}

export function forgetWays(): void {
  sessionStorage.removeItem(waysKey)
}
