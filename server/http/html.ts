/** HTML that is safe to send: only `html` makes it. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Part = Html | string | number | false | undefined | readonly Part[]

/** What stands between the backticks is ours; what is put in is escaped, unless it is HTML already. Attributes need their quotes. */
export function html(ours: TemplateStringsArray, ...theirs: readonly Part[]): Html {
  return new Html(ours.reduce((text, piece, index) => text + escaped(theirs[index - 1]) + piece))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

function escaped(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.toString()
  if (typeof part === 'object') return part.map(escaped).join('')
  return String(part).replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
