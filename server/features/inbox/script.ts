import { html } from '#server/http/html.ts'

/** Asks for new texts and puts them on top; the copy buttons work only with it, so only it shows them. */
export const inboxScript = html`
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
  button.onclick = () => navigator.clipboard.writeText(code).then(() => { button.textContent = list.dataset.copied })
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
