import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

/** From one country to the next by their index, so that it costs as much as there are countries and not as there are numbers. */
const countries = prepared((db, tenantId: string, ofTenant: string) =>
  db
    .withRecursive('next(country)', (nested) =>
      nested
        .selectFrom('phones')
        .select((each) => each.fn.min('country').as('country'))
        .where('tenant_id', '=', tenantId)
        .where('country', '>', '')
        .unionAll((again) =>
          again
            .selectFrom('next')
            .select((each) =>
              each
                .selectFrom('phones')
                .select((later) => later.fn.min('phones.country').as('country'))
                .where('phones.tenant_id', '=', ofTenant)
                .whereRef('phones.country', '>', 'next.country')
                .as('country'),
            )
            .where('next.country', 'is not', null),
        ),
    )
    .selectFrom('next')
    .select('country')
    .where('country', 'is not', null),
)

export class RegisteredCountries {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Every country that somebody here has a number of. */
  async all(): Promise<string[]> {
    const rows = await countries.all(this.#connection, this.#tenantId, this.#tenantId)
    return rows.map(({ country }) => String(country))
  }
}
