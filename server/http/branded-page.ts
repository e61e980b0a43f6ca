import { type Locale, locales } from '#contract/locale.ts'
import type { Branding } from '#server/domain/sign-in-settings.ts'
import { message } from '#server/locale.ts'
import { brandStyle } from './brand-colours.ts'
import { type Html, html, type Part } from './html.ts'
import type { Page } from './page.ts'
import { pageStyle } from './page-style.ts'

/** Whose page it is, and for whom. */
export interface Setting {
  locale: Locale
  organisationName: string
  brand: Branding
}

interface Contents {
  title: string
  main: Part
  /** The address that shows this page again in another language; without it the page offers none. */
  languagesAt?: string | undefined
  script?: Html | undefined
  status?: number | undefined
}

/** A page that wears the organisation's name, logo and colour. */
export function brandedPage(setting: Setting, { title, main, languagesAt, script, status }: Contents): Page {
  const { locale, organisationName, brand } = setting
  return {
    locale,
    title: `${title} · ${organisationName}`,
    style: html`${pageStyle}${brandStyle(brand.colour)}`,
    script,
    status,
    body: html`<div class="door">
<header class="brand">${emblem(setting)}</header>
<main>
${main}
${brand.note && html`<p class="soft">${brand.note}</p>`}
</main>
</div>
${languagesAt !== undefined && languageLinks(locale, languagesAt)}`,
  }
}

const segmenter = new Intl.Segmenter()

/** Only pictures: an SVG is a document that may carry scripts. */
const picture = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/

export function emblem({ organisationName, brand }: Setting): Html {
  if (brand.logo && picture.test(brand.logo)) return html`<img src="${brand.logo}" alt="${organisationName}">`
  const [initial] = segmenter.segment(organisationName.trim())
  return html`<span class="mark" aria-hidden="true">${initial?.segment.toUpperCase()}</span><bdi>${organisationName}</bdi>`
}

const languageNames: Readonly<Record<Locale, string>> = { en: 'English', nl: 'Nederlands', sv: 'Svenska' }

function languageLinks(current: Locale, address: string): Html {
  const link = (locale: Locale) =>
    locale === current
      ? html`<b aria-current="true" lang="${locale}">${languageNames[locale]}</b> `
      : html`<a href="${address}?ui_locales=${locale}" lang="${locale}" hreflang="${locale}">${languageNames[locale]}</a> `
  return html`<footer><nav aria-label="${message(current, 'http.branded-page.language')}">${locales.map(link)}</nav></footer>`
}
