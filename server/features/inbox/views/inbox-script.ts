import { html } from '#server/http/html.ts'

/** Asks for what is new and puts it on top; copying, answering and the keypad work only with it, so only it shows their buttons. */
export const inboxScript = html`
'use strict'
const list = document.getElementById('arrived')
const empty = document.getElementById('empty')
const news = document.getElementById('news')
const shapes = { sms: shapeIn('bubble'), mail: shapeIn('mail'), voice: shapeIn('call') }
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' })
function shapeIn(id) { return document.getElementById(id).content.firstElementChild }
function offerCopy(item) {
  const code = (/(?:#|^)(\\d{4,12})$/m.exec(item.querySelector('.text').textContent) || [])[1]
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
async function send(item, path, body) {
  const options = { method: 'POST' }
  if (body) Object.assign(options, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const answer = await fetch('/inbox/calls/' + item.dataset.id + '/' + path, options)
  if (answer.ok) show(item, await answer.json())
}
function press(item, key) {
  const pressed = item.querySelector('.pressed')
  if (pressed.value.length < 31) pressed.value += key
  if (key !== '#') return
  const keys = pressed.value
  pressed.value = ''
  send(item, 'keys', { keys })
}
function speak(item) {
  speechSynthesis.cancel()
  const words = Array.from(item.querySelectorAll('.words li'))
  const last = words.findLastIndex((line) => line.className === 'mine')
  for (const line of words.slice(last + 1)) {
    const said = new SpeechSynthesisUtterance(line.textContent)
    said.lang = item.dataset.lang
    said.rate = 0.8
    speechSynthesis.speak(said)
  }
}
function offerListening(item) {
  item.querySelector('[data-act=listen]').hidden = !('speechSynthesis' in window) || !item.querySelector('.words li')
}
function offerCall(item) {
  item.onclick = (event) => {
    const { key, act } = event.target.dataset
    if (key) press(item, key)
    else if (act === 'listen') speak(item)
    else if (act) send(item, act)
  }
  item.onkeydown = (event) => {
    const isKey = event.key.length === 1 && '0123456789*#'.includes(event.key)
    if (!isKey || item.dataset.state !== 'talking' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    press(item, event.key)
  }
  offerListening(item)
  reveal(item)
}
function reveal(item) {
  const { state } = item.dataset
  const talk = item.querySelector('.talk')
  const isNew = talk.hidden && state === 'talking'
  const hadFocus = item.contains(document.activeElement)
  item.querySelector('.ring').hidden = state !== 'ringing'
  talk.hidden = state !== 'talking'
  item.querySelector('.state').textContent = item.dataset[state]
  if (hadFocus && isNew) item.querySelector('[data-key]').focus()
}
function show(item, call) {
  const words = item.querySelector('.words')
  for (const line of call.transcript.slice(words.children.length)) {
    const said = document.createElement('li')
    if (line.by === 'voice') said.lang = call.language
    else said.className = 'mine'
    said.textContent = line.by === 'voice' ? line.text : item.dataset.pressed.replace('{keys}', line.text)
    words.append(said)
  }
  offerListening(item)
  if (item.dataset.state === call.state) return
  item.dataset.state = call.state
  reveal(item)
}
function withLinks(text) {
  return text.split(/(https?:\\/\\/\\S+)/).map((part, index) => {
    if (index % 2 === 0) return part
    const link = document.createElement('a')
    link.href = link.textContent = part
    return link
  })
}
function added(one) {
  const item = shapes[one.channel].cloneNode(true)
  item.dataset.id = one.id
  item.dataset.at = one.createdDateTime
  item.classList.add('new')
  item.querySelector('.head b').textContent = one.to
  const when = item.querySelector('time')
  when.dateTime = one.createdDateTime
  when.textContent = time.format(new Date(one.createdDateTime))
  if (one.channel !== 'voice') {
    if (one.channel === 'mail') item.querySelector('.subject').textContent = one.subject
    item.querySelector('.text').replaceChildren(...withLinks(one.text))
    offerCopy(item)
    news.textContent = one.subject || one.text
    return item
  }
  item.dataset.lang = one.language
  item.dataset.state = one.state
  offerCall(item)
  show(item, one)
  if (one.state === 'ringing') news.textContent = item.dataset.ringing + ' ' + one.to
  return item
}
async function ask(address) {
  const answer = await fetch(address)
  return answer.ok ? (await answer.json()).value : []
}
async function look() {
  try {
    const all = (await Promise.all([ask('/inbox/messages'), ask('/inbox/calls')])).flat()
    all.sort((one, other) => (one.createdDateTime < other.createdDateTime ? -1 : 1))
    const known = new Map(Array.from(list.children, (item) => [item.dataset.id, item]))
    for (const one of all) {
      const item = known.get(one.id)
      if (!item) list.prepend(added(one))
      else if (one.channel === 'voice') show(item, one)
    }
    empty.hidden = list.children.length > 0
  } catch {}
  setTimeout(look, document.hidden ? 5000 : 1000)
}
for (const item of list.children) item.matches('.call') ? offerCall(item) : offerCopy(item)
look()
`
