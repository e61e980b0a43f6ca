import type { Author } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { signingAlgorithms } from '#server/domain/signing-keys.ts'
import type { KeyPair } from '#server/store/signing-keys.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface Replacement {
  made: string[]
  ended: string[]
}

/** For the day a key has leaked: a new one of each algorithm signs at once, and every token of before dies with the keys that prove it. */
export async function replaceKeys(
  system: Needs,
  author: Author,
  makePair: (algorithm: KeyPair['algorithm']) => Promise<KeyPair>,
): Promise<Replacement> {
  const pairs = await Promise.all(signingAlgorithms.map(makePair))
  const now = system.now()
  return system.inTransaction(async ({ signingKeys, audit }) => {
    const old = await signingKeys.all()
    const made: string[] = []
    for (const pair of pairs) {
      const generation = Math.max(0, ...old.filter((key) => key.algorithm === pair.algorithm).map((key) => key.generation)) + 1
      made.push((await signingKeys.add(pair, { generation, signsFrom: now }, now)) ?? refuse('changed_meanwhile'))
    }
    for (const { id } of old) await signingKeys.end(id, now)
    const targets = [
      ...made.map((id, index) => ({ id, kind: 'Other', displayName: pairs[index]?.algorithm }) as const),
      ...old.map(({ id, algorithm }) => ({ id, kind: 'Other', displayName: `${algorithm}, ended` }) as const),
    ]
    await audit.record(author, { activity: 'Replace signing keys', category: 'DirectoryManagement', operation: 'Update', targets }, now)
    return { made, ended: old.map(({ id }) => id) }
  })
}
