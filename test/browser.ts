import { after } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { type RunningBrowser, startBrowser } from './browser-process.ts'

interface PageOptions {
  locale?: Locale
  colourScheme?: 'light' | 'dark'
  /** In CSS pixels; 320 is the narrowest that must work. */
  width?: number
  height?: number
  javaScript?: boolean
}

/** Why there can be no browser here, for `test(…, { skip: noBrowser })`. npm brings one for this kind of machine only. */
export const noBrowser =
  process.env.TEST_CHROMIUM || (process.platform === 'linux' && process.arch === 'x64')
    ? false
    : 'no browser for this machine comes with npm; name one in TEST_CHROMIUM'

let starting: Promise<RunningBrowser> | undefined
const complaints = new WeakMap<Page, string[]>()

after(async () => (await starting)?.stop())

/**
 * An empty page with cookies of its own; closing it forgets them. Certificates are not looked at, since ours are self-signed here.
 * The browser is started once for a run.
 */
export async function newPage(options: PageOptions = {}): Promise<Page> {
  const { locale = 'en', colourScheme = 'light', width = 390, height = 844, javaScript = true } = options
  starting ??= startBrowser()
  const { browser } = await starting
  const context = await browser.newContext({
    locale,
    colorScheme: colourScheme,
    viewport: { width, height },
    javaScriptEnabled: javaScript,
    ignoreHTTPSErrors: true,
  })
  const page = await context.newPage()
  const heard: string[] = []
  complaints.set(page, heard)
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (said) => said.type() === 'error' && heard.push(said.text()))
  // The page may be closed together with the browser.
  page.once('close', () => void context.close().catch(() => {}))
  return page
}

/** What went wrong inside the page so far: errors of scripts, and what its policy refused. */
export function complaintsOf(page: Page): readonly string[] {
  return complaints.get(page) ?? []
}

/** What axe finds wrong, a line for each element. The page must be one with JavaScript: axe waits by timers, which stand still without. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Told to the browser rather than put into the page, whose policy takes no strangers' scripts.
  await page.evaluate(axe.source)
  // What is still fading in has the contrast of a moment; what turns for as long as one waits never stands still.
  await page.evaluate(
    `Promise.all(document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => {})))`,
  )
  // What React Aria reads out stays there for seconds and may point to a spinner that has gone; nobody can come upon it.
  const found: { id: string; nodes: { target: unknown[] }[] }[] = await page.evaluate(
    `axe.run({ exclude: [['[data-live-announcer]']] }).then(({ violations }) => violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
