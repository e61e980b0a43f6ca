import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openAccount } from '../test/account-visit.ts'
import { startBrowser } from '../test/browser-process.ts'
import { startEvaluation } from '../test/evaluation-process.ts'
import { median, type Report } from './report.ts'

export interface Options {
  rounds: number
  /** How many times slower than this machine. */
  slowdown: number
}

interface Opening {
  firstPaintMs: number
  /** A tile stands there and can be pressed; on the floor, the field can be typed into. */
  readyMs: number
  /** Nothing is on its way any more. */
  wholeMs: number
  scriptBytes: number
  allBytes: number
}

/** What the page itself notes, from the first address on: signing in leads over several documents of one origin. */
const notes = `(() => {
  const note = (name, at) => sessionStorage.getItem(name) ?? sessionStorage.setItem(name, String(at))
  const now = () => performance.timeOrigin + performance.now()
  note('bench.began', performance.timeOrigin)
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') note('bench.painted', performance.timeOrigin + startTime)
  }).observe({ type: 'paint', buffered: true })
  const look = () => {
    if (document.querySelector('.tile-link, #identifier')) note('bench.ready', now())
    if (document.querySelector('.latest, #identifier') && !document.querySelector('.skeleton')) note('bench.whole', now())
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

/** Opening My Account in a real browser on a slow processor, beside the sign-in page, which has next to no script. */
export async function benchAccount(report: Report, { rounds, slowdown }: Options): Promise<void> {
  const server = await startEvaluation()
  const { browser, stop } = await startBrowser()
  try {
    const signedIn = await stateOfSomebody(browser, server.url)
    const kinds = { cold: [] as Opening[], warm: [] as Opening[], floor: [] as Opening[] }
    for (let round = 0; round < rounds; round++) {
      const floor = await browser.newContext()
      kinds.floor.push(await opening(floor, `${server.url}/account`, slowdown))
      await floor.close()
      const ours = await browser.newContext({ storageState: signedIn })
      kinds.cold.push(await opening(ours, `${server.url}/account`, slowdown))
      kinds.warm.push(await opening(ours, `${server.url}/account`, slowdown))
      await ours.close()
    }
    report.heading(
      `My Account over loopback, the processor ${slowdown} times slower, medians of ${rounds} rounds; the floor is the sign-in page`,
    )
    tell(report, 'first visit', kinds.cold, kinds.floor)
    tell(report, 'next visit', kinds.warm, kinds.floor)
  } finally {
    await stop()
    await server.stop()
  }
}

async function stateOfSomebody(browser: Browser, url: string) {
  const context = await browser.newContext()
  await openAccount(await context.newPage(), url, 'anna')
  const state = await context.storageState()
  await context.close()
  return state
}

async function opening(context: BrowserContext, url: string, slowdown: number): Promise<Opening> {
  const page = await context.newPage()
  await page.addInitScript(notes)
  const bytes = await countBytes(page, slowdown)
  await page.goto(url)
  await page.locator('.latest, #identifier').first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  // Two frames later the notes are written, and what was drawn is painted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))')
  const at = async (name: string) => Number(await page.evaluate(`sessionStorage.getItem('bench.${name}')`))
  const began = await at('began')
  const opened = {
    firstPaintMs: (await at('painted')) - began,
    readyMs: (await at('ready')) - began,
    wholeMs: (await at('whole')) - began,
    scriptBytes: bytes.scripts,
    allBytes: bytes.all,
  }
  await page.close()
  return opened
}

/** As they come over the wire, headers included. */
async function countBytes(page: Page, slowdown: number): Promise<{ scripts: number; all: number }> {
  const counted = { scripts: 0, all: 0 }
  const scripts = new Set<string>()
  const devtools = await page.context().newCDPSession(page)
  devtools.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counted.all += encodedDataLength
    if (scripts.has(requestId)) counted.scripts += encodedDataLength
  })
  await devtools.send('Network.enable')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return counted
}

function tell(report: Report, visit: string, ours: readonly Opening[], floor: readonly Opening[]): void {
  const rows = [
    ['until something is painted', 'firstPaintMs', 'ms', 1],
    ['until the first tile can be pressed', 'readyMs', 'ms', 1],
    ['until everything is told', 'wholeMs', 'ms', 1],
    ['scripts over the wire', 'scriptBytes', 'kB', 1_000],
    ['everything over the wire', 'allBytes', 'kB', 1_000],
  ] as const
  for (const [name, key, unit, per] of rows) {
    const value = median(ours.map((each) => each[key])) / per
    const least = median(floor.map((each) => each[key])) / per
    report.figure({ name: `${visit}: ${name}`, value, unit, floor: least, ...(value > 0 && { ratio: least / value }) })
  }
}
