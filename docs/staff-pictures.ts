import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { domain, people } from '#server/commands/evaluation-people.ts'
import { message } from '#server/locale.ts'
import { signInByTwoFactors } from '#test/account-visit.ts'
import { numberOf, phone, Studio, shot } from './studio.ts'

/** Who manages a store in which language, and whom they help: somebody with a number. */
const cast: Readonly<Record<Locale, { manager: string; colleague: string; digits: string }>> = {
  en: { manager: 'manager.utrecht', colleague: 'noor', digits: '+31 6 12345679' },
  nl: { manager: 'manager.utrecht', colleague: 'anna', digits: '+31 6 12345680' },
  sv: { manager: 'manager.malmo', colleague: 'lars', digits: '+46 70 174 06 79' },
}

/** A manager on a phone: the store, somebody in it, and a number that is about to change. */
export class StaffPhotographer extends Studio {
  async theStore(locale: Locale): Promise<void> {
    const { manager, colleague, digits } = cast[locale]
    const page = await this.page({ ...phone, locale })
    await this.signInAs(page, manager)
    await page.locator('a.big').first().waitFor()
    const store = await shot(page)
    await page.locator('a.big', { hasText: people.find(({ name }) => name === colleague)?.displayName ?? '' }).click()
    await page.locator('button.big').first().waitFor()
    const person = await shot(page)
    await page.locator('button.big', { hasText: message(locale, 'web.staff.act.change') }).click()
    await page.locator('[name=phoneNumber]').fill(digits)
    await this.compose(`my-staff.${locale}`, [store, person, await shot(page)])
    await page.locator('[role=dialog] button[type=submit]').click()
    await page.locator('.digits').waitFor()
    const waiting = await shot(page)
    const theirs = await this.page({ ...phone, locale })
    await theirs.goto(`${await this.linkTo(colleague)}?ui_locales=${locale}`)
    await theirs.locator('#digits').fill((await page.locator('.digits').innerText()).trim())
    await this.compose(`my-staff-check.${locale}`, [waiting, await shot(theirs)])
    for (const each of [page, theirs]) await each.context().close()
  }

  async signInAs(page: Page, name: string): Promise<void> {
    const person = people.find((one) => one.name === name)
    await page.goto(`${this.site}/staff`)
    await page.locator('#identifier').waitFor()
    const userName = `${name}@${domain}`
    await signInByTwoFactors(page, this.site, { userName, password: person?.password ?? '', number: numberOf(name).replaceAll(' ', '') })
    await page.waitForURL((url) => url.pathname === '/staff')
  }

  /** The question as it came to the person's phone. */
  async linkTo(name: string): Promise<string> {
    const number = numberOf(name).replaceAll(' ', '')
    for (let tries = 0; tries < 400; tries++) {
      const answer: { value: { to: string; text: string }[] } = JSON.parse(await (await fetch(`${this.site}/inbox/messages`)).text())
      const texts = answer.value.filter(({ to }) => to.replaceAll(' ', '') === number)
      const [link] = texts.flatMap(({ text }) => /https?:\/\/\S+\/c\/[\w-]{43}/.exec(text)?.[0] ?? [])
      if (link) return link
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`no question came to ${number}`)
  }
}
