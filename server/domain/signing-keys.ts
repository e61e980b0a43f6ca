export const signingAlgorithms = ['ES256', 'RS256'] as const

export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/** What the rules ask of a key. All keys handed to them are published and not ended. */
export interface KeyTimes {
  id: string
  algorithm: SigningAlgorithm
  /** Counts the keys of one tenant and algorithm; the newer key has the higher number, whatever the clocks said. */
  generation: number
  signsFrom: Date
}

export type KeyState = 'next' | 'current' | 'past'

/** No token is made to live longer. */
export const tokenLifeMaxSeconds = 24 * 60 * 60

const dayMs = 24 * 60 * 60 * 1000
const signsForMs = 90 * dayMs
/** Everybody who reads our keys once a day knows a key before they meet its first signature. */
const publishedBeforeMinMs = dayMs
/** The next key is made this long before it is needed, so that a server that was off for a day is not late. */
const publishedBeforeMs = 2 * dayMs
const verifiesAfterMs = tokenLifeMaxSeconds * 1000 + dayMs

/** The key to sign with. A node whose clock is behind signs with a new tenant's only key rather than with none. */
export function currentKey<Key extends KeyTimes>(keys: readonly Key[], algorithm: SigningAlgorithm, now: Date): Key | undefined {
  const newestFirst = ofAlgorithm(keys, algorithm)
  return newestFirst.find(({ signsFrom }) => signsFrom <= now) ?? newestFirst.at(-1)
}

export function keyState(keys: readonly KeyTimes[], key: KeyTimes, now: Date): KeyState {
  const current = currentKey(keys, key.algorithm, now)
  if (!current || key.generation === current.generation) return 'current'
  return key.generation > current.generation ? 'next' : 'past'
}

/** What the next key must be, when it is time to make one. A tenant's first key signs at once: nobody knows an older one. */
export function dueKey(
  keys: readonly KeyTimes[],
  algorithm: SigningAlgorithm,
  now: Date,
): Pick<KeyTimes, 'algorithm' | 'generation' | 'signsFrom'> | undefined {
  const [newest] = ofAlgorithm(keys, algorithm)
  if (!newest) return { algorithm, generation: 1, signsFrom: now }
  const endsAt = newest.signsFrom.getTime() + signsForMs
  if (now.getTime() < endsAt - publishedBeforeMs) return undefined
  return { algorithm, generation: newest.generation + 1, signsFrom: new Date(Math.max(endsAt, now.getTime() + publishedBeforeMinMs)) }
}

/** Keys whose last token has been dead for a day. */
export function finishedKeys<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key[] {
  return keys.filter((key) => {
    const successor = ofAlgorithm(keys, key.algorithm).findLast(({ generation }) => generation > key.generation)
    return successor !== undefined && successor.signsFrom.getTime() + verifiesAfterMs <= now.getTime()
  })
}

export function isRotationDue(keys: readonly KeyTimes[], now: Date): boolean {
  return signingAlgorithms.some((algorithm) => dueKey(keys, algorithm, now)) || finishedKeys(keys, now).length > 0
}

function ofAlgorithm<Key extends KeyTimes>(keys: readonly Key[], algorithm: SigningAlgorithm): Key[] {
  return keys.filter((key) => key.algorithm === algorithm).sort((one, other) => other.generation - one.generation)
}
