import { type SecondFactor, secondFactors } from '#server/domain/default-method.ts'
import type { MethodChoices } from '#server/domain/method-choices.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'

const choicesOf = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom('method_choices').selectAll().where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const addRow = preparedAdd('method_choices')
const changeRow = preparedChange('method_choices', ['tenant_id', 'user_id'])

export class MethodChoiceStore {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async ofUser(userId: string): Promise<MethodChoices> {
    const row = await choicesOf.first(this.#connection, this.#tenantId, userId)
    return {
      defaultMethod: secondFactors.find((factor) => factor === row?.default_method),
      offerDismissedAt: row?.sms_offer_dismissed_at == null ? undefined : new Date(row.sms_offer_dismissed_at),
    }
  }

  async setDefault(userId: string, method: SecondFactor | undefined): Promise<void> {
    await this.#set(userId, { default_method: method ?? null })
  }

  async dismissOffer(userId: string, at: Date | undefined): Promise<void> {
    await this.#set(userId, { sms_offer_dismissed_at: at?.getTime() ?? null })
  }

  async #set(userId: string, columns: { default_method: string | null } | { sms_offer_dismissed_at: number | null }): Promise<void> {
    const row = { tenant_id: this.#tenantId, user_id: userId, default_method: null, sms_offer_dismissed_at: null, ...columns }
    const isNew = (await addRow(this.#connection, row)) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId, userId], columns)
  }
}
