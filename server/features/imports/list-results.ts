import type { RowResult } from '#server/domain/import-run.ts'
import type { PageEnd } from '#server/domain/query.ts'
import type { System } from '#server/system.ts'

const pageMax = 1_000

/** What became of every row, a thousand at a time. */
export async function* resultsOf({ imports }: Pick<System, 'imports'>, id: string): AsyncGenerator<RowResult[]> {
  let after: PageEnd | undefined
  do {
    const page = await imports.results(id, { filter: undefined, top: pageMax, after })
    yield page.items
    after = page.end
  } while (after)
}
