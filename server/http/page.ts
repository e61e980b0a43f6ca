import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import { pagePolicy } from './headers.ts'
import { type Html, html } from './html.ts'

export interface Page {
  locale: Locale
  title: string
  style: Html
  body: Html
}

/** A page made on the server. It has no scripts, and its one stylesheet counts only with this answer's nonce. */
export function sendPage(reply: FastifyReply, { locale, title, style, body }: Page): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
${body}
</body>
</html>
`
  return reply
    .headers({ 'content-security-policy': pagePolicy(nonce), 'content-language': locale, vary: 'accept-language' })
    .type('text/html; charset=utf-8')
    .send(String(page))
}
