import type { FastifyInstance } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import type { Inbox, InboxMessage } from '#server/gateways/sms/inbox.ts'
import { type Html, html } from '#server/http/html.ts'
import { sendPage } from '#server/http/page.ts'
import { message, preferredLocale } from '#server/locale.ts'

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

/** Asks for new texts and puts them on top; the copy buttons work only with it, so only it shows them. */
const inboxScript = html`
'use strict'
const list = document.getElementById('texts')
const empty = document.getElementById('empty')
const shape = document.getElementById('bubble').content.firstElementChild
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' })
function offerCopy(item) {
  const code = (/#(\\d{4,12})$/.exec(item.querySelector('.text').textContent) || [])[1]
  const button = item.querySelector('button')
  if (!code || !navigator.clipboard) return
  button.querySelector('b').textContent = code
  button.hidden = false
  const label = Array.from(button.childNodes)
  button.onclick = async () => {
    await navigator.clipboard.writeText(code)
    button.textContent = list.dataset.copied
    setTimeout(() => button.replaceChildren(...label), 2000)
  }
}
function added(text) {
  const item = shape.cloneNode(true)
  item.dataset.id = text.id
  item.className = 'new'
  item.querySelector('.head b').textContent = text.to
  const when = item.querySelector('time')
  when.dateTime = text.createdDateTime
  when.textContent = time.format(new Date(text.createdDateTime))
  item.querySelector('.text').textContent = text.text
  offerCopy(item)
  return item
}
async function look() {
  try {
    const { value } = await (await fetch('/inbox/messages')).json()
    const known = new Set(Array.from(list.children, (item) => item.dataset.id))
    for (const text of value.reverse()) if (!known.has(text.id)) list.prepend(added(text))
    empty.hidden = list.children.length > 0
  } catch {}
  setTimeout(look, document.hidden ? 5000 : 1000)
}
Array.from(list.children, offerCopy)
look()
`

const inboxStyle = html`
:root{--ground:#f6f1e9;--glass:#fffdfa;--line:#e2d9cb;--text:#231e19;--soft:#635a4f;--bubble:#efe7db;--accent:#9a4210;--on-accent:#fff;--frame:#2b2622;--focus:#1a56db}
@media (prefers-color-scheme:dark){:root{--ground:#151210;--glass:#1f1b18;--line:#3b342e;--text:#f3ede5;--soft:#b8ad9f;--bubble:#2f2823;--accent:#f2a65a;--on-accent:#211405;--frame:#4a423b;--focus:#9bbcff}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--text);font:1.0625rem/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:break-word}
.phone{max-width:26rem;min-height:100vh;margin:0 auto;padding:1.25rem 1rem 2rem;background:var(--glass)}
@media (min-width:30rem){.phone{min-height:46rem;margin:2rem auto;padding:1.75rem 1.25rem 2rem;border:.7rem solid var(--frame);border-radius:2.6rem}}
header{margin:0 0 1.25rem;padding:0 0 1rem;border-bottom:1px solid var(--line)}
h1{margin:0 0 .25rem;font-size:1.5rem;line-height:1.2;letter-spacing:-.02em}
p{margin:0}
header p,#empty,time{color:var(--soft);font-size:.9375rem}
#empty{padding:3rem 1rem;text-align:center}
ol{margin:0;padding:0;list-style:none}
li{margin:0 0 1.25rem}
.head{display:flex;justify-content:space-between;align-items:baseline;margin:0 .35rem .3rem}
.head b{font-weight:600;font-size:.9375rem}
.text{max-width:22rem;padding:.75rem 1rem;border-radius:1.2rem 1.2rem 1.2rem .3rem;background:var(--bubble);white-space:pre-line}
[dir=rtl] .text{border-radius:1.2rem 1.2rem .3rem 1.2rem}
button{min-height:2.75rem;margin:.5rem 0 0;padding:.4rem 1.1rem;border:0;border-radius:1.4rem;background:var(--accent);color:var(--on-accent);font:inherit;font-size:1rem;font-weight:600;cursor:pointer}
li+li button{border:1px solid var(--line);background:transparent;color:inherit}
button b{font-variant-numeric:tabular-nums;letter-spacing:.05em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
[hidden]{display:none}
@media (prefers-reduced-motion:no-preference){.new .text{animation:arrive .25s ease-out}@keyframes arrive{from{opacity:0;transform:translateY(-.5rem)}}}
`
