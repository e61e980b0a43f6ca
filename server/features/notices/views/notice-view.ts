import type { Notice } from '#server/domain/notice.ts'
import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { whatHappened, whenHappened, whoDidIt } from '../notice-words.ts'

export interface NoticeModel extends Setting {
  /** Where this page is, for its form and its other languages. */
  address: string
  notice: Pick<Notice, 'change' | 'happenedAt'>
}

/** Asks, and does nothing by being looked at: programs that look through mail open every link in it. */
export function noticeView(model: NoticeModel): Page {
  const { locale, organisationName: organisation, address, notice } = model
  const { change } = notice
  const names = { organisation, what: whatHappened(locale, change), when: whenHappened(locale, notice, 'long') }
  const title = message(locale, 'features.notices.page.title')
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.notices.page.ask', names)}</p>
${change.detail !== undefined && html`<p>${message(locale, 'features.notices.page.about', { detail: change.detail })}</p>`}
<p>${whoDidIt(locale, change)}</p>
<p>${message(locale, 'features.notices.page.then')}</p>
<form method="post" action="${address}"><button>${message(locale, 'features.notices.page.go')}</button></form>
<p class="soft">${message(locale, 'features.notices.page.fine')}</p>`
  return brandedPage(model, { title, main, languagesAt: address })
}

/** What somebody does next, who has just found out that another has been in their account. */
export function reportedView(model: Setting): Page {
  const { locale } = model
  const title = message(locale, 'features.notices.page.done-title')
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.notices.page.done')}</p>
<h2>${message(locale, 'features.notices.page.next')}</h2>
<ol><li>${message(locale, 'features.notices.page.call')}</li>
<li>${message(locale, 'features.notices.page.sign-in')}</li>
<li>${message(locale, 'features.notices.page.password')}</li></ol>`
  return brandedPage(model, { title, main })
}

export function linkOverView(model: Setting): Page {
  const { locale } = model
  const title = message(locale, 'features.notices.page.over-title')
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.notices.page.over')}</p>`
  return brandedPage(model, { title, main, status: 404 })
}
