import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { type Html, html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { script } from './script.ts'

/** A step of a sign-in: a page with a form that belongs to a flow. */
export interface Step extends Setting {
  /** Where the form posts to and where the language links lead: the address of the flow, without a query. */
  action: string
  /** Proof that the form was this flow's; the field `t`. */
  token: string
}

/** What a button of a form means: the value of the field `do`. */
export type Intent =
  | 'next'
  | 'confirm'
  | 'everywhere'
  | 'resend'
  | 'text'
  | 'password'
  | 'back'
  | 'another'
  | 'country'
  | 'cancel'
  | 'different'
  | 'later'

export function stepPage(step: Step, title: string, main: Part, hasError = false, more?: Html): Page {
  // A reader who hears the page by its title learns first that something is wrong.
  const told = hasError ? message(step.locale, 'features.sign-in.error', { title }) : title
  return brandedPage(step, {
    title: told,
    main,
    languagesAt: step.action,
    script: more
      ? html`${script}
${more}`
      : script,
  })
}

/** Says `novalidate`, because the browser's own bubbles speak its language and not the page's. */
export function form({ action, token }: Step, content: Part): Html {
  return html`<form method="post" action="${action}" novalidate><input type="hidden" name="t" value="${token}">
${content}
</form>`
}

export function button(step: Setting, intent: Intent, label: MessageKey, look: '' | 'quiet' | 'plain' = ''): Html {
  return html`<button name="do" value="${intent}" class="${look}">${message(step.locale, label)}</button>`
}

/** The error of a field, between its label and the field; the field names it by `aria-describedby`. */
export function errorOf(field: string, text: string | undefined): Part {
  return text !== undefined && html`<p class="error" id="${field}-error" role="alert">${text}</p>`
}

/** What a field says of itself to a reader who cannot see it. */
export function described(field: string, { error, hint = false }: { error: string | undefined; hint?: boolean }): Html {
  const by = [...(error === undefined ? [] : [`${field}-error`]), ...(hint ? [`${field}-hint`] : [])].join(' ')
  return html`${by !== '' && html` aria-describedby="${by}"`}${error !== undefined && html` aria-invalid="true"`}`
}

/** A line that opens; it works without scripts. */
export function opening(title: string, content: Part): Html {
  return html`<details><summary>${title}</summary>${content}</details>`
}

/** What the organisation allows, the same for everybody: before a proof, a list of one's own methods would tell who has an account. */
export function otherWays({ locale }: Setting, ways: readonly string[]): Html {
  return opening(
    message(locale, 'features.sign-in.other-ways.title'),
    html`<p>${message(locale, 'features.sign-in.other-ways.allowed')}</p><ul>${ways.map((way) => html`<li>${way}</li>`)}</ul>`,
  )
}
