import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { capitalised, listText } from '../../kit/words/recent.ts'
import { appName } from '../app-name.ts'

const methods = {
  sms: 'web.account.activity.method.sms',
  voice: 'web.account.activity.method.voice',
  email: 'web.account.activity.method.email',
  password: 'web.account.activity.method.password',
  passkey: 'web.account.activity.method.passkey',
  push: 'web.account.activity.method.push',
  totp: 'web.account.activity.method.totp',
  'temporary-access-pass': 'web.account.activity.method.temporary-access-pass',
  session: 'web.account.activity.method.session',
} as const satisfies Record<OwnSignInBody['methods'][number], MessageKey>

const results = {
  signedIn: 'web.account.activity.result.signed-in',
  notFinished: 'web.account.activity.result.not-finished',
  failed: 'web.account.activity.result.failed',
} as const satisfies Record<OwnSignInBody['result'], MessageKey>

/** `Signed in to Rota with a text message`. */
export function whatText({ result, appId, appDisplayName, methods: used }: OwnSignInBody): string {
  const app = appName({ appId, displayName: appDisplayName })
  if (result !== 'signedIn' || used.length === 0) return message(results[result], { app })
  return message('web.account.activity.result.signed-in-with', { app, methods: named(used) })
}

export function howText({ methods: used }: OwnSignInBody): string | undefined {
  return used.length > 0 ? capitalised(named(used)) : undefined
}

function named(used: OwnSignInBody['methods']): string {
  return listText(used.map((method) => message(methods[method])))
}
