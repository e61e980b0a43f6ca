import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { people } from '#server/commands/evaluation-people.ts'

export interface Device {
  locale: Locale
  colourScheme: 'light' | 'dark'
  width: number
  height: number
}

export const phone = { colourScheme: 'light', width: 390, height: 720 } as const
const scale = 1.5
/** Between two screens that stand in one picture, and how round their corners are; in CSS pixels. */
const gap = 20
const radius = 22
const quality = 0.86
const takenAt = { en: '9:41', nl: '09:41', sv: '09:41' }

const folder = join(import.meta.dirname, 'manual/pictures')

/** A browser that looks at an evaluation, and a wall to hang what it saw on. */
export class Studio {
  readonly #browser: Browser
  readonly site: string

  constructor(browser: Browser, site: string) {
    this.#browser = browser
    this.site = site
    mkdirSync(folder, { recursive: true })
  }

  async page({ locale, colourScheme, width, height }: Device): Promise<Page> {
    const context = await this.#browser.newContext({
      locale,
      colorScheme: colourScheme,
      viewport: { width, height },
      deviceScaleFactor: scale,
    })
    return context.newPage()
  }

  /** The text is sent in a moment of its own, so it is waited for. */
  async readCode(name: string): Promise<string> {
    return this.readCodeAt(numberOf(name))
  }

  async readCodeAt(spaced: string): Promise<string> {
    const number = spaced.replaceAll(' ', '')
    for (let tries = 0; tries < 200; tries++) {
      const answer: { value: { to: string; text: string }[] } = JSON.parse(await (await fetch(`${this.site}/inbox/messages`)).text())
      const code = /#(\d{6})$/.exec(answer.value.find(({ to }) => to.replaceAll(' ', '') === number)?.text ?? '')?.[1]
      if (code) return code
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`no text came to ${number}`)
  }

  /** Side by side on nothing, with round corners and a hair line. Encoded by the browser, which can, so that no library has to. */
  async compose(name: string, screens: readonly Buffer[]): Promise<void> {
    const context = await this.#browser.newContext()
    const page = await context.newPage()
    const sources = screens.map((screen) => `data:image/png;base64,${screen.toString('base64')}`)
    const picture: string = await page.evaluate(
      `(${draw})(${JSON.stringify({ sources, gap: gap * scale, radius: radius * scale, quality })})`,
    )
    await context.close()
    const bytes = Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64')
    writeFileSync(join(folder, `${name}.webp`), bytes)
    console.log(`${name}.webp  ${Math.ceil(bytes.length / 1024)} kB`)
  }
}

/** The times of day differ from run to run, and pictures should not. */
export async function shot(page: Page): Promise<Buffer> {
  await page.evaluate(`(${setClocks})(${JSON.stringify(takenAt)})`)
  return page.screenshot({ animations: 'disabled', caret: 'hide' })
}

/** Runs in the page, as `draw` does: as text, since what is typed here knows no browser. */
const setClocks = `(times) => {
  const time = times[document.documentElement.lang]
  for (const each of document.querySelectorAll('time')) each.textContent = time
  const lead = document.querySelector('.lead')
  if (lead && location.pathname === '/try') lead.innerHTML = lead.innerHTML.replace(/\\d{1,2}:\\d{2}(?:\\s[AP]M)?/, time)
}`

const draw = `async ({ sources, gap, radius, quality }) => {
  const images = await Promise.all(sources.map(async (source) => {
    const image = new Image()
    image.src = source
    await image.decode()
    return image
  }))
  const canvas = document.createElement('canvas')
  canvas.width = images.reduce((sum, image) => sum + image.width, gap * (images.length - 1)) + 2
  canvas.height = Math.max(...images.map((image) => image.height)) + 2
  const pen = canvas.getContext('2d')
  let left = 1
  for (const image of images) {
    pen.save()
    pen.beginPath()
    pen.roundRect(left, 1, image.width, image.height, radius)
    pen.clip()
    pen.drawImage(image, left, 1)
    pen.restore()
    pen.strokeStyle = 'rgba(127, 118, 108, .55)'
    pen.lineWidth = 2
    pen.stroke()
    left += image.width + gap
  }
  return canvas.toDataURL('image/webp', quality)
}`

export function numberOf(name: string): string {
  return people.find((person) => person.name === name)?.number ?? ''
}
