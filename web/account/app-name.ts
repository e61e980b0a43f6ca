import { thisApp } from '../kit/session/tokens.ts'
import { message } from '../kit/words/message.ts'

/** Our own app has a name in every language; the others have one. */
export function appName({ appId, displayName }: { appId: string; displayName: string }): string {
  return appId === thisApp().appId ? message('web.account.name') : displayName
}
