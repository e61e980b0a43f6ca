import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { stepPage } from './form.ts'
import { belowSecond, type SecondStep } from './second-frame.ts'

export interface SecondMissingModel extends SecondStep {
  appName: string
  /** What they lack, seen from what they have shown. */
  lacks: keyof typeof lacking
}

const lacking = {
  phone: 'features.sign-in.second.missing.phone',
  password: 'features.sign-in.second.missing.password',
  /** A sign-in by text leads no further here, whatever they have. */
  'another-start': 'features.sign-in.second.missing.another-start',
} as const satisfies Record<string, MessageKey>

/** Says what is missing and who can help. There is nothing to try here, so there is no field. */
export function secondMissingView(model: SecondMissingModel): Page {
  const { locale, appName, organisationName, lacks } = model
  const heading = message(locale, 'features.sign-in.second.missing.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.second.missing.why', { app: apart(appName) })}</p>
<p>${message(locale, lacking[lacks])}</p>
<p>${sentence(locale, 'features.sign-in.second.missing.ask', { organisation: apart(organisationName) })}</p>
${belowSecond(model, { intent: 'back', label: 'features.sign-in.accounts.another' })}`
  return { ...stepPage(model, heading, main), status: 403 }
}
