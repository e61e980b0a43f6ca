import type { Author } from '#server/domain/caller.ts'
import { dueKey, finishedKeys, type SigningAlgorithm, signingAlgorithms } from '#server/domain/signing-keys.ts'
import type { KeyPair } from '#server/store/signing-keys.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'signingKeys' | 'inTransaction' | 'now'>
type MakePair = (algorithm: SigningAlgorithm) => Promise<KeyPair>

/** Makes each key whose time has come and ends those whose tokens are dead. Of two nodes that do it at once, one makes the key. */
export async function keepKeys(system: Needs, author: Author, makePair: MakePair): Promise<void> {
  const known = await system.signingKeys.all()
  const due = signingAlgorithms.filter((algorithm) => dueKey(known, algorithm, system.now()))
  // Slow, and not to be repeated with the transaction.
  const pairs = await Promise.all(due.map(makePair))
  const now = system.now()
  await system.inTransaction(async (stores) => {
    for (const pair of pairs) await addIfDue(stores, author, pair, now)
    await endFinished(stores, author, now)
  })
}

async function addIfDue({ signingKeys, audit }: Stores, author: Author, pair: KeyPair, now: Date): Promise<void> {
  const due = dueKey(await signingKeys.all(), pair.algorithm, now)
  const id = due && (await signingKeys.add(pair, due, now))
  // The keys a tenant begins with replace nothing.
  if (!id || due.generation === 1) return
  const details = { signsFrom: due.signsFrom.toISOString() }
  const targets = [{ id, kind: 'Other', displayName: pair.algorithm }] as const
  await audit.record(author, { activity: 'Add signing key', category: 'DirectoryManagement', operation: 'Add', targets, details }, now)
}

async function endFinished({ signingKeys, audit }: Stores, author: Author, now: Date): Promise<void> {
  for (const { id, algorithm } of finishedKeys(await signingKeys.all(), now)) {
    await signingKeys.end(id, now)
    const targets = [{ id, kind: 'Other', displayName: algorithm }] as const
    await audit.record(author, { activity: 'Remove signing key', category: 'DirectoryManagement', operation: 'Delete', targets }, now)
  }
}
