import type { SignInSettings } from '#server/domain/sign-in-settings.ts'

/** What an audit event says of a change: each setting that is not what it was. */
export function differences(before: SignInSettings, after: SignInSettings) {
  return settingsOf(before)
    .map(({ name, value }, index) => ({ name, from: value, to: settingsOf(after)[index]?.value ?? null }))
    .filter(({ from, to }) => from !== to)
}

function settingsOf(settings: SignInSettings) {
  const { asksToStaySignedIn, allowsDeviceCodes, textCountries, callCountries, textsADay, sharedNetworks } = settings
  return [
    { name: 'asksToStaySignedIn', value: String(asksToStaySignedIn) },
    { name: 'allowsDeviceCodes', value: String(allowsDeviceCodes) },
    { name: 'textCountries', value: textCountries?.join(', ') ?? null },
    { name: 'callCountries', value: callCountries?.join(', ') ?? null },
    { name: 'textsADay', value: textsADay === undefined ? null : String(textsADay) },
    { name: 'sharedNetworks', value: sharedNetworks.join(', ') },
    { name: 'defaultMethodDeletion', value: settings.defaultMethodDeletion },
    { name: 'uniqueNumbers', value: settings.uniqueNumbers },
    { name: 'strictConflict', value: String(settings.strictConflict) },
    { name: 'afterSmsSignIn', value: settings.afterSmsSignIn },
  ]
}
