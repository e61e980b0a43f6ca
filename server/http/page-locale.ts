import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Locale, locales } from '#contract/locale.ts'
import { preferredLocale } from '#server/locale.ts'
import { readCookie, setCookie } from './cookies.ts'

const cookie = 'lang'
const yearSeconds = 365 * 86_400

/** What somebody chose on a page of ours, else what the app that sent them asks for, else what their browser speaks. */
export function pageLocale(request: Pick<FastifyRequest, 'headers'>, uiLocales: string | undefined): Locale {
  return spoken(readCookie(request, cookie)) ?? spoken(uiLocales) ?? preferredLocale(request.headers['accept-language'])
}

/** Remembers a language chosen by a link on the page. */
export function chooseLocale(reply: FastifyReply, wanted: unknown): Locale | undefined {
  const locale = typeof wanted === 'string' ? spoken(wanted) : undefined
  if (locale) setCookie(reply, cookie, locale, { maxAgeSeconds: yearSeconds })
  return locale
}

function spoken(tags: string | undefined): Locale | undefined {
  for (const tag of tags?.split(/[\s,]+/) ?? []) {
    const language = tag.toLowerCase().split('-')[0]
    const locale = locales.find((one) => one === language)
    if (locale) return locale
  }
}
