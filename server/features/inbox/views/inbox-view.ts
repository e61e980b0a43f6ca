import type { Locale } from '#contract/locale.ts'
import type { InboxMail } from '#server/gateways/mail/inbox.ts'
import type { InboxMessage } from '#server/gateways/sms/inbox.ts'
import type { InboxCall } from '#server/gateways/voice/inbox.ts'
import { type Html, html } from '#server/http/html.ts'
import { message } from '#server/locale.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

const noText: InboxMessage = { id: '', channel: 'sms', to: '', text: '', createdDateTime: '' }
const noMail: InboxMail = { ...noText, channel: 'mail', subject: '' }
const noCall: InboxCall = {
  id: '',
  channel: 'voice',
  to: '',
  extension: null,
  language: 'en',
  state: 'ringing',
  transcript: [],
  createdDateTime: '',
}

/** The script fills the three templates in for what comes later. */
export function inboxView(locale: Locale, arrived: readonly (InboxMessage | InboxMail | InboxCall)[]): Html {
  const newestFirst = arrived.toSorted((one, other) => (one.createdDateTime < other.createdDateTime ? 1 : -1))
  return html`<noscript><meta http-equiv="refresh" content="3"></noscript>
<main class="phone">
<header><h1>${message(locale, 'features.inbox.title')}</h1>
<p>${message(locale, 'features.inbox.lead')}</p></header>
<p id="empty"${arrived.length > 0 && html` hidden`}>${message(locale, 'features.inbox.empty')}</p>
<ol id="arrived" data-copied="${message(locale, 'features.inbox.copied')}">
${newestFirst.map((each) => (each.channel === 'voice' ? callCard(locale, each) : bubble(locale, each)))}</ol>
<p id="news" class="aside" role="status"></p>
<template id="bubble">${bubble(locale, noText)}</template>
<template id="mail">${bubble(locale, noMail)}</template>
<template id="call">${callCard(locale, noCall)}</template>
</main>`
}

function bubble(locale: Locale, sent: InboxMessage | InboxMail): Html {
  const { id, to, text, createdDateTime } = sent
  const subject = sent.channel === 'mail' && html`<h2 class="subject">${sent.subject}</h2>`
  return html`<li class="${sent.channel}" data-id="${id}" data-at="${createdDateTime}">${head(locale, to, createdDateTime)}
${subject}<p class="text">${withLinks(text)}</p>
<button type="button" class="main" hidden>${message(locale, 'features.inbox.copy')} <b></b></button></li>
`
}

/** Links can be followed, as on a phone. */
function withLinks(text: string): Html[] {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 0 ? html`${part}` : html`<a href="${part}">${part}</a>`))
}

/** Its buttons need the script, so only it shows them. */
function callCard(locale: Locale, { id, to, extension, language, state, transcript, createdDateTime }: InboxCall): Html {
  const states = {
    ringing: message(locale, 'features.inbox.call.ringing'),
    talking: message(locale, 'features.inbox.call.talking'),
    over: message(locale, 'features.inbox.call.over'),
  }
  return html`<li class="call" data-id="${id}" data-at="${createdDateTime}" data-state="${state}" data-lang="${language}"
 data-ringing="${states.ringing}" data-talking="${states.talking}" data-over="${states.over}" data-pressed="${message(locale, 'features.inbox.call.pressed')}">${head(locale, extension === null ? to : `${to} ${message(locale, 'features.inbox.call.extension', { extension })}`, createdDateTime)}
<div class="card"><p class="state">${states[state]}</p>
<ol class="words" aria-live="polite">${transcript.map(({ by, text }) => line(locale, language, by, text))}</ol>
<button type="button" class="listen" data-act="listen" hidden>${message(locale, 'features.inbox.call.listen')}</button>
<div class="acts ring" hidden><button type="button" class="main" data-act="answer">${message(locale, 'features.inbox.call.answer')}</button>
<button type="button" data-act="decline">${message(locale, 'features.inbox.call.decline')}</button>
<button type="button" data-act="busy">${message(locale, 'features.inbox.call.busy')}</button></div>
<div class="talk" hidden><output class="pressed" dir="ltr"></output>
<div class="keypad" role="group" aria-label="${message(locale, 'features.inbox.call.keypad')}">${keys.map((key) => keyButton(locale, key))}</div>
<div class="acts"><button type="button" class="end" data-act="hang-up">${message(locale, 'features.inbox.call.hang-up')}</button></div></div>
</div></li>
`
}

function line(locale: Locale, language: string, by: 'voice' | 'keys', text: string): Html {
  if (by === 'voice') return html`<li lang="${language}">${text}</li>`
  return html`<li class="mine">${message(locale, 'features.inbox.call.pressed', { keys: text })}</li>`
}

function keyButton(locale: Locale, key: (typeof keys)[number]): Html {
  const names = { '#': message(locale, 'features.inbox.call.hash'), '*': message(locale, 'features.inbox.call.star') }
  const name = key === '#' || key === '*' ? html` aria-label="${names[key]}"` : html``
  return html`<button type="button" data-key="${key}"${name}>${key}</button>`
}

function head(locale: Locale, to: string, createdDateTime: string): Html {
  const time = createdDateTime && new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(createdDateTime))
  return html`<div class="head"><b dir="ltr">${to}</b><time datetime="${createdDateTime}">${time}</time></div>`
}
