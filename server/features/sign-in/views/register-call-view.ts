import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type CallModel, callParts } from './call-parts.ts'
import { button, form, stepPage } from './form.ts'
import { aboveHeading, belowForm, type RegistrationStep } from './register-frame.ts'

export interface RegisterCallModel extends RegistrationStep, CallModel {
  /** It is a number they have already, and not one to choose. */
  isOwn?: boolean
}

export function registerCallView(model: RegisterCallModel): Page {
  const { heading, isGood, main } = callParts(model)
  const page = html`${aboveHeading(model)}${main}
${model.isOwn !== true && form(model, button(model, 'back', 'features.sign-in.code.not-you', 'plain'))}
${belowForm(model)}`
  return stepPage(model, heading, page, !isGood)
}
