import { type CallBackQuestion, callBackLifeMs } from '#server/domain/call-back.ts'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'

export interface CallBackModel extends Setting {
  /** Where this page is, for its forms and its other languages. */
  address: string
  question: Pick<CallBackQuestion, 'change' | 'newNumber' | 'oldNumber' | 'managerName'>
  /** Nothing was typed, or so many tries are left after a wrong one. */
  fault: 'empty' | number | undefined
}

/** Asks, and does nothing by being looked at. Who asks and what for stand above the field: somebody may be talked into typing three digits. */
export function callBackView(model: CallBackModel): Page {
  const { locale, address, question, fault } = model
  const title = message(locale, 'features.staff.page.title')
  const error = fault === undefined ? undefined : faultWords(model, fault)
  const what = question.newNumber ? 'features.staff.page.replace' : 'features.staff.page.remove'
  const names = {
    manager: apart(question.managerName),
    old: apart(maskedNumber(question.oldNumber), 'ltr'),
    new: apart(maskedNumber(question.newNumber ?? ''), 'ltr'),
  }
  const main = html`<h1>${title}</h1>
<p class="lead">${sentence(locale, what, names)}</p>
<form method="post" action="${address}"><div class="field"><label for="digits">${sentence(locale, 'features.staff.page.label', names)}</label>
${error !== undefined && html`<p class="error" id="digits-error">${error}</p>`}<input class="code" id="digits" name="digits" type="text" dir="ltr" inputmode="numeric" pattern="[0-9]*" maxlength="5" autocomplete="off" required autofocus${error !== undefined && html` aria-describedby="digits-error" aria-invalid="true"`}></div>
<button name="do" value="agree">${message(locale, 'features.staff.page.agree')}</button></form>
<form method="post" action="${address}"><button class="quiet" name="do" value="refuse">${message(locale, 'features.staff.page.refuse')}</button></form>
<p class="soft">${message(locale, 'features.staff.page.fine')}</p>`
  const shown = error === undefined ? title : message(locale, 'features.staff.page.error-title', { title })
  return brandedPage(model, { title: shown, main, languagesAt: address })
}

function faultWords({ locale }: CallBackModel, fault: 'empty' | number): string {
  if (fault === 'empty') return message(locale, 'features.staff.page.empty')
  const key = fault === 1 ? 'features.staff.page.wrong.one' : 'features.staff.page.wrong.other'
  return message(locale, key, { count: String(fault) })
}

export function agreedView(model: Setting): Page {
  return plainView(model, 'features.staff.page.agreed-title', 'features.staff.page.agreed')
}

export function refusedView(model: Setting): Page {
  return plainView(model, 'features.staff.page.refused-title', 'features.staff.page.refused')
}

export function overView(model: Setting): Page {
  return { ...plainView(model, 'features.staff.page.over-title', 'features.staff.page.over'), status: 404 }
}

function plainView(model: Setting, titleKey: MessageKey, textKey: MessageKey): Page {
  const { locale } = model
  const title = message(locale, titleKey)
  const minutes = String(callBackLifeMs / 60_000)
  return brandedPage(model, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${message(locale, textKey, { minutes })}</p>`,
  })
}
