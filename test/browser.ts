import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { promisify } from 'node:util'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'

interface RunningBrowser {
  browser: Browser
  stop(): Promise<void>
}

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
  starting ??= process.env.TEST_CHROMIUM ? launch(process.env.TEST_CHROMIUM, {}) : launchOurs()
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
  const found: { id: string; nodes: { target: unknown[] }[] }[] = await page.evaluate('axe.run().then(({ violations }) => violations)')
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

async function launch(executablePath: string, environment: Record<string, string>): Promise<RunningBrowser> {
  // No sandbox: root cannot have one, many containers neither, and only our own pages are visited.
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, ...environment },
  })
  return { browser, stop: () => browser.close() }
}

/** The browser from npm comes packed, with the libraries and a font that a bare machine lacks. */
async function launchOurs(): Promise<RunningBrowser> {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-browser-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const fonts = [join(directory, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map((path) => `<dir>${path}</dir>`)
    const fontsFile = join(directory, 'fonts.conf')
    writeFileSync(fontsFile, `<fontconfig>${fonts.join('')}<cachedir>${join(directory, 'fonts-cache')}</cachedir></fontconfig>`)
    const ours = await launch(await unpack(directory), {
      FONTCONFIG_FILE: fontsFile,
      LD_LIBRARY_PATH: join(directory, 'al2023/lib'),
    })
    return { browser: ours.browser, stop: () => ours.stop().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

/** In a process of its own, since it unpacks to wherever the environment says; its libraries only when it takes itself to be in a cloud. */
async function unpack(directory: string): Promise<string> {
  const script = `import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  return stdout
}
