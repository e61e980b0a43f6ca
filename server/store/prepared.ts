import type { Compilable, Kysely } from 'kysely'
import type { Connection, Engine } from './connection.ts'
import type { Inserted, Schema, Selected, TableName } from './schema.ts'

/** Stands where an argument will stand, so that the SQL is written once and only the values change. */
class Slot {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}

interface Compiled {
  text: string
  parameters: readonly unknown[]
}

type Builder<Args extends readonly unknown[], Row> = (db: Kysely<Schema>, ...args: Args) => Compilable<Row>

/** The SQL of every prepared statement there is, for `docs/sql.md`. */
export const statements: ((connection: Connection) => string)[] = []

/** A query written once by Kysely and then only run: building it anew costs more than running it on SQLite. */
export function prepared<Args extends readonly (string | number | null)[], Row>(build: Builder<Args, Row>) {
  const compiledFor = new Map<Engine, Compiled>()

  function compile(connection: Connection): Compiled {
    // The builder only hands its arguments on to Kysely, which keeps any object it does not know as a parameter.
    const slots = Array.from({ length: build.length - 1 }, (_, index) => new Slot(index)) as unknown as Args
    const { sql, parameters } = build(connection.kysely, ...slots).compile()
    const compiled = { text: sql, parameters }
    compiledFor.set(connection.engine, compiled)
    return compiled
  }

  statements.push((connection) => compile(connection).text)

  function run(connection: Connection, args: Args) {
    const { text, parameters } = compiledFor.get(connection.engine) ?? compile(connection)
    return connection.run(
      text,
      parameters.map((parameter) => (parameter instanceof Slot ? args[parameter.index] : parameter)),
    )
  }

  return {
    async all(connection: Connection, ...args: Args): Promise<Row[]> {
      // Kysely's builder has typed the row by the columns it selected.
      return (await run(connection, args)).rows as Row[]
    },
    async first(connection: Connection, ...args: Args): Promise<Row | undefined> {
      // As above.
      return (await run(connection, args)).rows[0] as Row | undefined
    },
    /** How many rows it wrote. */
    async write(connection: Connection, ...args: Args): Promise<number> {
      return (await run(connection, args)).changes
    },
  }
}

const textsMax = 500

/** One text for each engine and each choice of columns. The columns are the table's own; Kysely's view of one table out of many must be told so. */
function writtenOnce(write: (connection: Connection, names: readonly string[]) => string) {
  const texts = new Map<string, string>()
  return (connection: Connection, names: readonly string[]): string => {
    const which = `${connection.engine} ${names.join(' ')}`
    const known = texts.get(which)
    if (known) return known
    if (texts.size >= textsMax) texts.clear()
    const text = write(connection, names)
    texts.set(which, text)
    return text
  }
}

function nothingIn(names: readonly string[]): never {
  return Object.fromEntries(names.map((name) => [name, null])) as never
}

/** The same for adding one whole row. */
export function preparedInsert<Table extends TableName>(table: Table, columns: readonly (keyof Selected<Table> & string)[]) {
  const textFor = writtenOnce(({ kysely }, names) => kysely.insertInto<TableName>(table).values(nothingIn(names)).compile().sql)
  statements.push((connection) => textFor(connection, columns))

  return async (connection: Connection, row: Selected<Table>): Promise<void> => {
    await connection.run(
      textFor(connection, columns),
      columns.map((name) => row[name]),
    )
  }
}

/** The same for adding a row unless its key, or another unique one, is there already; answers how many were added. */
export function preparedAdd<Table extends TableName>(table: Table) {
  const textFor = writtenOnce(({ kysely }, names) => {
    const add = kysely.insertInto<TableName>(table).values(nothingIn(names))
    return add.onConflict((conflict) => conflict.doNothing()).compile().sql
  })
  return async (connection: Connection, row: Inserted<Table>): Promise<number> => {
    return (await connection.run(textFor(connection, Object.keys(row)), Object.values(row))).changes
  }
}

/** The same for changing some columns of one row, found by its key; which columns changes from call to call. */
export function preparedChange<Table extends TableName>(table: Table, key: readonly (keyof Selected<Table> & string)[]) {
  const textFor = writtenOnce(({ kysely }, names) => {
    let change = kysely.updateTable<TableName>(table).set(nothingIn(names))
    for (const name of key) change = change.where(name as never, '=', '' as never)
    return change.compile().sql
  })
  return async (connection: Connection, keyValues: readonly string[], columns: object): Promise<number> => {
    return (await connection.run(textFor(connection, Object.keys(columns)), [...Object.values(columns), ...keyValues])).changes
  }
}
