import { type Connection, connectionOf, type Run } from '#server/store/connection.ts'
import type { Database } from '#server/store/database.ts'

/** What one sign-in asks of the store: counted, so that the floor can do as much. */
export class CommitCount {
  transactions = 0
  /** Of one statement each. */
  alone = 0
  statementsInTransactions = 0
  reads = 0

  over(database: Database): Database {
    const connection = (given: Connection, counted: () => void): Connection => {
      const run: Run = (text, parameters) => {
        counted()
        return given.run(text, parameters)
      }
      return connectionOf(given.engine, run)
    }
    const inside = () => this.statementsInTransactions++
    return {
      ...database,
      ...connection(database, () => this.reads++),
      alone: connection(database.alone, () => this.alone++),
      inTransaction: (work) => {
        this.transactions++
        return database.inTransaction((given) => work(connection(given, inside)))
      },
      writing: (work) => {
        this.transactions++
        return database.writing((given) => work(connection(given, inside)))
      },
    }
  }
}
