import type { FastifyInstance } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import type { Inbox, InboxMessage } from '#server/gateways/sms/inbox.ts'
import { type Html, html } from '#server/http/html.ts'
import { sendPage } from '#server/http/page.ts'
import { message, preferredLocale } from '#server/locale.ts'
import { inboxScript } from './script.ts'
import { inboxStyle } from './style.ts'

export type InboxToShow = Pick<Inbox, 'messages'>

/** The phone of an evaluation: every text anybody was sent, newest first. */
export function mountInbox(app: FastifyInstance, inbox: InboxToShow): void {
  app.get('/inbox/messages', async () => ({ value: inbox.messages() }))
  app.get('/inbox', async (request, reply) => {
    const locale = preferredLocale(request.headers['accept-language'])
    return sendPage(reply, {
      locale,
      title: `${message(locale, 'features.inbox.title')} · Sesam`,
      style: inboxStyle,
      body: phone(locale, inbox.messages()),
      script: inboxScript,
      fetches: true,
    })
  })
}

function phone(locale: Locale, messages: readonly InboxMessage[]): Html {
  const copy = message(locale, 'features.inbox.copy')
  const copied = message(locale, 'features.inbox.copied')
  return html`<noscript><meta http-equiv="refresh" content="3"></noscript>
<main class="phone">
<header><h1>${message(locale, 'features.inbox.title')}</h1>
<p>${message(locale, 'features.inbox.lead')}</p></header>
<p id="empty"${messages.length > 0 && html` hidden`}>${message(locale, 'features.inbox.empty')}</p>
<ol id="texts" aria-live="polite" data-copied="${copied}">
${messages.map((each) => bubble(locale, each, copy))}</ol>
<template id="bubble">${bubble(locale, { id: '', channel: 'sms', to: '', text: '', createdDateTime: '' }, copy)}</template>
</main>`
}

/** The script fills the same in for texts that come later. */
function bubble(locale: Locale, { id, to, text, createdDateTime }: InboxMessage, copy: string): Html {
  const time = createdDateTime && new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(createdDateTime))
  return html`<li data-id="${id}"><div class="head"><b dir="ltr">${to}</b><time datetime="${createdDateTime}">${time}</time></div>
<p class="text">${text}</p>
<button type="button" hidden>${copy} <b></b></button></li>
`
}
