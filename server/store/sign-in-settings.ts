import { type SignInSettings, usualSignInSettings } from '#server/domain/sign-in-settings.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { textsIn } from './tenants.ts'

const settingsRow = prepared((db, tenantId: string) => db.selectFrom('sign_in_settings').selectAll().where('tenant_id', '=', tenantId))
const addRow = preparedAdd('sign_in_settings')
const changeRow = preparedChange('sign_in_settings', ['tenant_id'])

export class SignInSettingsStore {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async get(): Promise<SignInSettings> {
    const row = await settingsRow.first(this.#connection, this.#tenantId)
    if (!row) return usualSignInSettings
    return {
      asksToStaySignedIn: row.asks_to_stay_signed_in === 1,
      allowsDeviceCodes: row.allows_device_codes === 1,
      textCountries: row.text_countries === null ? undefined : textsIn(row.text_countries),
      callCountries: row.call_countries === null ? undefined : textsIn(row.call_countries),
      textsADay: row.texts_a_day ?? undefined,
      sharedNetworks: textsIn(row.shared_networks),
      defaultMethodDeletion: toDeletion(row.default_method_deletion),
      uniqueNumbers: row.unique_numbers === 'tenantWide' ? 'tenantWide' : 'signInNames',
      strictConflict: row.strict_conflict === 1,
      afterSmsSignIn: row.after_sms_sign_in === 'deny' ? 'deny' : 'stepUp',
    }
  }

  async set(settings: SignInSettings): Promise<void> {
    const { asksToStaySignedIn, allowsDeviceCodes, textCountries, callCountries, textsADay, sharedNetworks } = settings
    const columns = {
      asks_to_stay_signed_in: asksToStaySignedIn ? 1 : 0,
      allows_device_codes: allowsDeviceCodes ? 1 : 0,
      text_countries: textCountries ? JSON.stringify(textCountries) : null,
      call_countries: callCountries ? JSON.stringify(callCountries) : null,
      texts_a_day: textsADay ?? null,
      shared_networks: JSON.stringify(sharedNetworks),
      default_method_deletion: settings.defaultMethodDeletion,
      unique_numbers: settings.uniqueNumbers,
      strict_conflict: settings.strictConflict ? 1 : 0,
      after_sms_sign_in: settings.afterSmsSignIn,
    }
    const isNew = (await addRow(this.#connection, { tenant_id: this.#tenantId, ...columns })) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId], columns)
  }
}

function toDeletion(text: string): SignInSettings['defaultMethodDeletion'] {
  return text === 'strict' || text === 'reassign' ? text : 'auto'
}
