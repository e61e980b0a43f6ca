import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import { pagePolicy } from './headers.ts'
import { Html, html } from './html.ts'

export interface Page {
  locale: Locale
  title: string
  style: Html
  body: Html
  /** One small script, for comfort only: the page works without it. */
  script?: Html | undefined
  /** Its script asks this server for more. */
  fetches?: boolean | undefined
  /** Which way it reads, where that is not what its language does. */
  direction?: 'ltr' | 'rtl' | undefined
  status?: number | undefined
  /** Drawn in light or dark whatever the browser prefers, for a look at both. */
  scheme?: 'light' | 'dark' | undefined
  /** Addresses its forms may end at beside this server, such as the app's redirect address. */
  formTargets?: readonly string[] | undefined
}

/** A page as an answer, for whoever sends it. */
export interface DrawnPage {
  status: number
  headers: Readonly<Record<string, string>>
  html: string
}

/** A page made on the server. Its stylesheet and its script count only with this answer's nonce. */
export function drawPage(page: Page): DrawnPage {
  const nonce = randomBytes(16).toString('base64')
  return {
    status: page.status ?? 200,
    headers: {
      'content-security-policy': pagePolicy(nonce, {
        script: page.script !== undefined,
        fetches: page.fetches ?? false,
        formTargets: page.formTargets ?? [],
      }),
      'content-language': page.locale,
      vary: 'accept-language',
    },
    html: pageText(page, nonce),
  }
}

export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const { status, headers, html: text } = drawPage(page)
  return reply.status(status).headers(headers).type('text/html; charset=utf-8').send(text)
}

/** A doorway. It stands in the page, so that a browser asks for no icon of its own accord. */
export const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%23c2621c' d='M2 16V7a6 6 0 0 1 12 0v9z'/%3E%3C/svg%3E"

export function pageText({ locale, title, style, body, script, scheme, direction = directionOf(locale) }: Page, nonce: string): string {
  return String(html`<!doctype html>
<html lang="${locale}"${direction === 'rtl' && html` dir="rtl"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style nonce="${nonce}">${scheme ? inScheme(style, scheme) : style}</style>
</head>
<body>
${body}
${script && html`<script nonce="${nonce}">${script}</script>\n`}</body>
</html>
`)
}

/** The very same stylesheet, with the browser's preference decided. */
function inScheme(style: Html, scheme: 'light' | 'dark'): Html {
  const decided = String(style)
    .replaceAll('(prefers-color-scheme:dark)', scheme === 'dark' ? 'all' : 'not all')
    .replaceAll('color-scheme:light dark', `color-scheme:${scheme}`)
  return new Html(decided)
}

const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.test(locale) ? 'rtl' : 'ltr'
}
