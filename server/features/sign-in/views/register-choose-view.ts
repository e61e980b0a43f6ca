import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { button, form, stepPage } from './form.ts'
import { aboveHeading, type RegistrationStep, type RegistrationWay, wayNames } from './register-frame.ts'

export interface RegisterChooseModel extends RegistrationStep {
  ways: readonly RegistrationWay[]
}

export function registerChooseView(model: RegisterChooseModel): Page {
  const { locale, ways } = model
  const heading = message(locale, 'features.sign-in.register.choose.heading')
  const choices = ways.map(
    (way) =>
      html`<li><button class="choice" name="method" value="${way}">${message(locale, wayNames[way].name)}<span>${message(locale, wayNames[way].hint)}</span></button></li>`,
  )
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.register.choose.text')}</p>
${form(model, html`<ul class="choices">${choices}</ul>${button(model, 'back', 'features.sign-in.register.back', 'plain')}`)}`
  return stepPage(model, heading, main)
}
