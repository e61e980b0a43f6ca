import { html, type Part } from '#server/http/html.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, form, type Step } from './form.ts'

/** A step towards the second factor. */
export interface SecondStep extends Step {
  /** There is another way to prove it. */
  hasOther: boolean
}

export function aboveSecond({ locale }: Step): Part {
  return html`<p class="soft">${message(locale, 'features.sign-in.second.frame')}</p>
`
}

/** The ways out of a step. */
export function belowSecond(model: SecondStep, more?: { intent: 'back'; label: MessageKey }): Part {
  return form(
    model,
    html`${model.hasOther && button(model, 'different', 'features.sign-in.other-ways.title', 'plain')}
${more && button(model, more.intent, more.label, 'plain')}
${button(model, 'cancel', 'features.sign-in.register.stop', 'plain')}`,
  )
}
