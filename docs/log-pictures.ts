import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { busyMonth, signInOf, textsTo } from '#test/log-story.ts'
import { phone, Studio, shot } from './studio.ts'

const desk = { colourScheme: 'light', width: 1120, height: 720 } as const

/** A month of sign-ins, which no evaluation has on its first day: the log, one attempt, and the reports. */
export class LogPhotographer extends Studio {
  async theLogs(locale: Locale): Promise<void> {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale })
    const attempt = await aMonth(stage)
    const page = await this.page({ ...desk, locale })
    const log = await look(stage, page, '/admin/sign-ins')
    const reports = await look(stage, page, '/admin/reports')
    const small = await this.page({ ...phone, locale })
    await this.compose(`sign-in-log.${locale}`, [log, await look(stage, small, `/admin/sign-ins/${attempt}`)])
    const dark = await this.page({ ...phone, colourScheme: 'dark', locale })
    await this.compose(`reports.${locale}`, [reports, await look(stage, dark, '/admin/reports?period=D7')])
    for (const each of [page, small, dark]) await each.context().close()
  }
}

async function look(stage: AdminStage, page: Page, path: string): Promise<Buffer> {
  await page.goto(`${stage.url}${path}${path.includes('?') ? '&' : '?'}tenant=${stage.world.domain}`)
  await page.locator('main h1, #identifier').first().waitFor()
  if (page.url().includes('/sign-in/')) await stage.signIn(page)
  await page.locator('.data-table, .timeline, .chart svg').first().waitFor()
  await page.waitForLoadState('networkidle')
  return shot(page)
}

/** Answers an attempt of somebody who mistyped. */
async function aMonth({ world }: AdminStage): Promise<string> {
  const people = [
    await world.person('anna', { displayName: 'Anna de Vries' }),
    await world.person('bram', { displayName: 'Bram Visser' }),
    await world.person('ebba', { displayName: 'Ebba Lind' }),
  ]
  await busyMonth(world, people)
  const [anna] = people
  if (anna) await textsTo(world, anna, '+31612345670', { codes: 24, answered: 22 })
  return (await signInOf(world, anna, { result: 50126 })).id
}
