import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Refusal } from '#server/domain/refusal.ts'

interface Waiting {
  run: () => Promise<() => void>
  fail: (error: unknown) => void
}

const perCommitMax = 500

/**
 * Transactions that arrive together share one COMMIT, because a commit waits for the disk and the disk takes as long for one as for fifty.
 * Each runs in its own savepoint, one after the other; one that throws rolls back alone; nobody is answered before the COMMIT.
 */
export class SharedCommits {
  readonly #db: DatabaseSync
  readonly #savepoint: StatementSync
  readonly #release: StatementSync
  #waiting: Waiting[] = []
  #busy: Promise<void> | undefined

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#savepoint = db.prepare('savepoint one')
    this.#release = db.prepare('release one')
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run: () => this.#inSavepoint(work, resolve, reject), fail: reject })
    })
    this.#busy ??= this.#drain()
    return answer
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await this.#busy
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the event loop lets every request that has already arrived join this commit.
      await new Promise((resolve) => setImmediate(resolve))
      await this.#commitTogether(this.#waiting.splice(0, perCommitMax))
    }
    this.#busy = undefined
  }

  async #commitTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      this.#db.exec('begin immediate')
      const answers: (() => void)[] = []
      for (const waiting of batch) answers.push(await waiting.run())
      this.#db.exec('commit')
      for (const answer of answers) answer()
    } catch (error) {
      this.#rollBack()
      for (const waiting of batch) waiting.fail(error instanceof Refusal ? error : new Refusal('unavailable', {}, error))
    }
  }

  /** Where even this fails, the next to begin finds the transaction still open, fails, and rolls back again: nobody waits for ever. */
  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('rollback')
    } catch {}
  }

  async #inSavepoint<T>(work: () => Promise<T>, resolve: (value: T) => void, reject: (error: unknown) => void): Promise<() => void> {
    this.#savepoint.run()
    try {
      const value = await work()
      this.#release.run()
      return () => resolve(value)
    } catch (error) {
      // A full disk or a read error makes SQLite roll back everything at once; then nobody here may hear "done".
      if (!this.#db.isTransaction) throw new Refusal('unavailable', {}, error)
      this.#db.exec('rollback to one')
      this.#release.run()
      return () => reject(error)
    }
  }
}
