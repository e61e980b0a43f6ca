/** What a mail says, before it is known how its reader's program shows it. */
export interface Letter {
  subject: string
  greeting: string
  before: readonly string[]
  /** A code to be typed, large and by itself. */
  code?: string
  /** Written out in full, so that everybody sees where it leads. */
  link?: { words: string; url: string }
  after: readonly string[]
  /** Who sends it and why, below a line. */
  foot: string
}

export interface MailBody {
  text: string
  html: string
}

/** The same letter twice. No picture and nothing from anywhere else, so nobody learns that it was read. */
export function bodyOf({ greeting, before, code, link, after, foot }: Letter, locale: string): MailBody {
  const parts = [greeting, ...before, ...(code ? [code] : []), ...(link ? [`${link.words}\n${link.url}`] : []), ...after]
  const text = [...parts, `-- \n${foot}`].join('\n\n')
  const shown = [
    ...[greeting, ...before].map(paragraph),
    ...(code ? [`<p style="font:600 28px/1.4 ui-monospace,Consolas,monospace;letter-spacing:4px">${escaped(code)}</p>`] : []),
    ...(link ? [`<p>${escaped(link.words)}<br><a href="${escaped(link.url)}">${escaped(link.url)}</a></p>`] : []),
    ...after.map(paragraph),
    `<hr style="border:0;border-top:1px solid #ccc"><p style="color:#595959;font-size:14px">${escaped(foot)}</p>`,
  ]
  const style =
    'max-width:34em;margin:24px auto;padding:0 16px;font:16px/1.5 system-ui,Segoe UI,Roboto,sans-serif;color:#1f1f1f;background:#fff'
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head><body><div style="${style}">\n${shown.join('\n')}\n</div></body></html>\n`
  return { text: `${text}\n`, html }
}

function paragraph(words: string): string {
  return `<p>${escaped(words)}</p>`
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
