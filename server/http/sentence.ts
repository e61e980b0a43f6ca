import type { Locale } from '#contract/locale.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { html, type Part } from './html.ts'

/** A message whose values are HTML: words of ours around a bold name or a number that reads from left to right. */
export function sentence(locale: Locale, key: MessageKey, values: Readonly<Record<string, Part>>): Part {
  // A captured name stands at every odd place.
  return message(locale, key)
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 ? values[piece] : piece))
}

/** A name or number set apart: it keeps its own direction, and a line does not break inside it. */
export function apart(text: string, direction: 'auto' | 'ltr' = 'auto'): Part {
  return html`<bdi class="apart" dir="${direction}">${text}</bdi>`
}
