import { drawPage } from '#server/http/page.ts'
import { pageLocale } from '#server/http/page-locale.ts'
import { message } from '#server/locale.ts'
import type { ProtocolPages, Reader } from '#server/oidc/protocol-pages.ts'
import type { System } from '#server/system.ts'
import { type DeviceCodeError, deviceCodeView, deviceConfirmView } from '../views/device-view.ts'
import { type Ending, messageView } from '../views/message-view.ts'
import { passingOnView } from '../views/passing-on-view.ts'
import { signedOutView, signOutView } from '../views/sign-out-view.ts'

const endings: Readonly<Record<string, Ending>> = {
  invalid_client: 'app-unknown',
  invalid_redirect_uri: 'address-unknown',
  temporarily_unavailable: 'away',
  server_error: 'broken',
}

const deviceErrors: Readonly<Record<string, DeviceCodeError>> = { NoCodeError: 'missing', SlowDown: 'slow-down' }
const deviceEndings: Readonly<Record<string, Ending>> = {
  AbortedError: 'device-refused',
  AccessDenied: 'device-refused',
  NotForAdministrators: 'device-not-for-you',
  InvalidRequest: 'old-form',
  SessionNotFound: 'expired',
}
const shownCodeMax = 16

/** The pages the protocol needs by itself, in the organisation's dress. */
export const protocolPages: Omit<ProtocolPages, 'fetch'> = {
  error(system, reader, { code, description, status, requestId }) {
    const isExpired = description?.includes('session') || description?.includes('expired')
    const ending = endings[code] ?? (isExpired ? 'expired' : 'request-wrong')
    const detail = description === undefined ? code : `${code}: ${description}`
    return drawPage(messageView({ ...settingOf(system, reader), ending, status, correlationId: requestId, detail, onward: undefined }))
  },
  signOut: (system, reader, { action, secret, endsAt, isProven }) =>
    drawPage({ ...signOutView({ ...settingOf(system, reader), action, token: secret, isProven }), formTargets: endsAt }),
  passingOn: (system, reader, { action, fields, endsAt }) =>
    drawPage({ ...passingOnView({ ...settingOf(system, reader), action, fields }), formTargets: [action, ...endsAt] }),
  signedOut(system, reader) {
    const page = drawPage(signedOutView({ ...settingOf(system, reader), onward: undefined }))
    return { ...page, headers: { ...page.headers, 'clear-site-data': '"cache", "storage"' } }
  },
  deviceCode(system, reader, { action, secret, userCode }, problem) {
    const ending = problem === undefined ? undefined : deviceEndings[problem]
    if (ending) return deviceEnding(system, reader, ending)
    const error = problem === undefined ? undefined : (deviceErrors[problem] ?? 'unknown')
    const shown = userCode.slice(0, shownCodeMax)
    const page = deviceCodeView({ ...settingOf(system, reader), action, token: secret, userCode: shown, error })
    return drawPage(error === 'slow-down' ? { ...page, status: 429 } : page)
  },
  deviceConfirm: (system, reader, { action, secret, userCode }, appName) =>
    drawPage(deviceConfirmView({ ...settingOf(system, reader), action, token: secret, appName, userCode })),
  deviceMessage: (system, reader, address, userCode) =>
    message(settingOf(system, reader).locale, 'features.sign-in.device.message', { address, code: userCode }),
  deviceDone: (system, reader) => deviceEnding(system, reader, 'device-done'),
}

function deviceEnding(system: System, reader: Reader, ending: Ending) {
  return drawPage(
    messageView({ ...settingOf(system, reader), ending, status: 200, correlationId: undefined, detail: undefined, onward: undefined }),
  )
}

function settingOf({ organization, branding }: System, { headers, uiLocales }: Reader) {
  return { locale: pageLocale({ headers }, uiLocales), organisationName: organization.displayName, brand: branding }
}
