import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { opening } from './form.ts'

/** Where a sign-in ends without one, and two places where it ends well elsewhere. */
export type Ending = keyof typeof endings

export interface MessageModel extends Setting {
  ending: Ending
  status: number
  /** What to tell the service desk; undefined where nothing went wrong. */
  correlationId: string | undefined
  /** For whoever made the app: what was wrong, in English, as in the error the app would have received. */
  detail: string | undefined
  /** A way on, such as the app's home page. The caller has checked the address. */
  onward: { href: string; name: string } | undefined
}

const endings = {
  expired: ['features.sign-in.endings.expired.title', 'features.sign-in.endings.expired.text'],
  'no-cookies': ['features.sign-in.endings.no-cookies.title', 'features.sign-in.endings.no-cookies.text'],
  'old-form': ['features.sign-in.endings.old-form.title', 'features.sign-in.endings.old-form.text'],
  'app-unknown': ['features.sign-in.endings.app-unknown.title', 'features.sign-in.endings.app-unknown.text'],
  'app-closed': ['features.sign-in.endings.app-closed.title', 'features.sign-in.endings.app-closed.text'],
  'address-unknown': ['features.sign-in.endings.address-unknown.title', 'features.sign-in.endings.address-unknown.text'],
  'request-wrong': ['features.sign-in.endings.request-wrong.title', 'features.sign-in.endings.request-wrong.text'],
  'organisation-unknown': ['features.sign-in.endings.organisation-unknown.title', 'features.sign-in.endings.organisation-unknown.text'],
  'slow-down': ['features.sign-in.endings.slow-down.title', 'features.sign-in.slow-down'],
  'not-enough': ['features.sign-in.endings.not-enough.title', 'features.sign-in.endings.not-enough.text'],
  away: ['features.sign-in.endings.away.title', 'features.sign-in.endings.away.text'],
  broken: ['features.sign-in.endings.broken.title', 'features.sign-in.endings.broken.text'],
  'device-done': ['features.sign-in.endings.device-done.title', 'features.sign-in.endings.device-done.text'],
  'device-not-for-you': ['features.sign-in.endings.device-not-for-you.title', 'features.sign-in.endings.device-not-for-you.text'],
  'device-refused': ['features.sign-in.endings.device-refused.title', 'features.sign-in.endings.device-refused.text'],
} as const satisfies Record<string, readonly [title: MessageKey, text: MessageKey]>

export function messageView(model: MessageModel): Page {
  const { locale, ending, status, correlationId, detail, onward } = model
  const [titleKey, textKey] = endings[ending]
  const title = message(locale, titleKey)
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, textKey)}</p>
${onward && html`<a class="button" href="${onward.href}">${message(locale, 'features.sign-in.onward', { name: onward.name })}</a>`}
${detail !== undefined && html`<div class="more">${opening(message(locale, 'features.sign-in.detail'), html`<p lang="en" dir="ltr">${detail}</p>`)}</div>`}
${correlationId !== undefined && html`<p class="soft">${message(locale, 'features.sign-in.correlation')} <bdi dir="ltr">${correlationId}</bdi></p>`}`
  return brandedPage(model, { title, main, status })
}
