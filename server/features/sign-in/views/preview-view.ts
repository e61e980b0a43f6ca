import type { Setting } from '#server/http/branded-page.ts'
import { Html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { identifyView } from './identify-view.ts'

/** The first page of signing in, as everybody gets it, only that it belongs to no sign-in and runs nothing. */
export function previewOf(setting: Setting): Page {
  const ways = [message(setting.locale, 'methods.sms.way')]
  const page = identifyView({ ...setting, action: '', token: '', appName: undefined, identifier: '', error: undefined, ways })
  // A frame that runs nothing may not take the focus either, and the browser would complain.
  return { ...page, body: new Html(String(page.body).replace(' autofocus', '')), script: undefined }
}
