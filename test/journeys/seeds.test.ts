import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { locales } from '#contract/locale.ts'
import { complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { type SecurityInfoStage, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'
import { SpokenSteps } from '#test/spoken-steps.ts'

const number = '+31612345678'
const shown = '+31 612345678'
const office = { number: '+31201234567', digits: /201234567/ }
const digits = /612345678/

// Every numbered step of the manuals, in the words people are told to look for.
for (const locale of locales) {
  const steps = new SpokenSteps(locale)

  async function arrive(at = '', prepare?: (stage: SecurityInfoStage) => Promise<unknown>) {
    const stage = await startSecurityInfo(locale)
    await prepare?.(stage)
    const page = await stage.open(at, { locale })
    return {
      stage,
      page,
      async [Symbol.asyncDispose]() {
        assert.deepEqual(complaintsOf(page), [])
        await page[Symbol.asyncDispose]()
        await stage[Symbol.asyncDispose]()
      },
    }
  }

  describe(`the steps of the manual, in ${locale}`, { skip: noBrowser }, () => {
    test(`S31-S32, S36, S47: a phone by text, which is a user name at once, and gone again, in ${locale}`, async () => {
      await using here = await arrive()
      const { stage, page } = here
      await steps.add(page, 'web.account.security-info.kind.phone')
      const [, , promise = ''] = steps.say('web.account.security-info.know.access', { organisation: '|' }).split('|')
      await page.getByRole('dialog').getByText(promise.trim(), { exact: false }).waitFor()
      await page.getByText(steps.say('web.account.security-info.number.text-me'), { exact: true }).click()
      await steps.typeNumber(page, '06 12345678')
      await steps.codeField(page).waitFor()
      await steps.typeCode(page, await stage.codeFor(number))
      await page.getByRole('heading', { name: steps.say('web.account.security-info.done.sms') }).waitFor()
      await showsNothingWrong(page)
      await steps.close(page)
      await steps.methods(page).getByText(steps.say('web.account.security-info.tile.sms-sign-in'), { exact: true }).waitFor()
      await steps.pressDelete(page, digits)
      await showsNothingWrong(page)
      await steps.answer(page, 'web.account.security-info.delete.ok')
      await steps.methods(page).getByText(shown).waitFor({ state: 'detached' })
    })

    test(`S33: security info by the navigation, and by a block of its own, in ${locale}`, async () => {
      await using here = await arrive()
      const { stage, page } = here
      const heading = page.getByRole('heading', { name: steps.say('web.account.security-info.label'), level: 1 })
      for (const link of [
        page.getByRole('navigation').getByRole('link', { name: steps.say('web.account.security-info.label') }),
        page.locator('main').getByRole('link', { name: steps.say('web.account.overview.security.open') }),
      ]) {
        await page.goto(`${stage.world.publicUrl}/account?tenant=${stage.world.domain}`)
        await link.click()
        await heading.waitFor()
      }
    })

    test(`S7-S8, S34, S54: the drop-down has what policy allows, and says of the rest why not, in ${locale}`, async () => {
      await using here = await arrive('add=choose', (stage) => stage.allow('email'))
      const { page } = here
      const dialog = page.getByRole('dialog')
      await dialog.getByText(steps.say('web.account.security-info.add.absent')).waitFor()
      await dialog.getByRole('button', { name: new RegExp(steps.say('web.account.security-info.add.which').replace('?', '\\?')) }).click()
      assert.deepEqual(await page.getByRole('option').allInnerTexts(), [
        steps.say('web.account.security-info.kind.phone'),
        steps.say('web.account.security-info.kind.email'),
      ])
    })

    test(`S35, S37, S48-S49, S50b-S52: a phone by call, the default, and gone with it, in ${locale}`, async () => {
      await using here = await arrive('', (stage) => stage.allow('voice'))
      const { stage, page } = here
      await steps.add(page, 'web.account.security-info.kind.phone')
      await page.getByText(steps.say('web.account.security-info.number.call-me'), { exact: true }).click()
      await steps.typeNumber(page, '06 12345678')
      await steps.takeCall(page, stage, number)
      await page.getByRole('heading', { name: steps.say('web.account.security-info.done.voice') }).waitFor()
      await steps.close(page)
      await stage.world.number(stage.anna, office.number, { signIn: false, type: 'office' })
      await page.reload()
      await steps.button(page, 'web.account.security-info.default.change-label').click()
      await steps.changeDefault(page, 'web.account.security-info.step.voice-office')
      await steps.pressDelete(page, office.digits)
      const asked = steps.asked(page)
      await asked.getByText(steps.say('web.account.security-info.delete.told'), { exact: false }).waitFor()
      await asked.getByText(steps.nameOf('web.account.security-info.step.voice-mobile'), { exact: false }).waitFor()
      await showsNothingWrong(page)
      await steps.answer(page, 'web.account.security-info.delete.yes')
      await steps.hasDefault(page, 'web.account.security-info.step.voice-mobile')
    })

    test(`S40: a number of somebody else is told after the proof, with whom to ask, in ${locale}`, async () => {
      await using here = await arrive('add=phone', async ({ world }) => world.number(await world.person('bert'), number))
      const { stage, page } = here
      await steps.typeNumber(page, '06 12345678')
      await steps.codeField(page).waitFor()
      await steps.typeCode(page, await stage.codeFor(number))
      await page.getByText(steps.say('features.security-info.because.numberInUse')).first().waitFor()
      await page.getByText(steps.say('web.account.security-info.done.kept')).waitFor()
      await steps.close(page)
      await steps.methods(page).getByText(steps.say('web.account.security-info.badge.look')).waitFor()
    })

    test(`S42, S44, S46: the banner asks, Enable and Enable again do it, and it is gone, in ${locale}`, async () => {
      await using here = await arrive('', ({ world, anna }) => world.number(anna, number, { signIn: false }))
      const { page } = here
      const banner = page.getByText(steps.say('web.account.security-info.offer.title'))
      await banner.waitFor()
      await steps.button(page, 'web.account.security-info.enable').first().click()
      await showsNothingWrong(page)
      await steps.answer(page, 'web.account.security-info.enable')
      await steps.methods(page).getByText(steps.say('web.account.security-info.tile.sms-sign-in'), { exact: true }).waitFor()
      await banner.waitFor({ state: 'detached' })
    })

    test(`S43-S45: the caret shows Enable, and the number still verifies afterwards, in ${locale}`, async () => {
      await using here = await arrive('', ({ world, anna }) => world.number(anna, number, { signIn: false }))
      const { page } = here
      await steps.button(page, 'web.account.security-info.offer.not-now').click()
      await steps.methods(page).locator('.caret').first().click()
      await steps
        .methods(page)
        .getByRole('button', { name: steps.say('web.account.security-info.enable') })
        .click()
      await steps.answer(page, 'web.account.security-info.enable')
      await steps.methods(page).getByText(steps.say('web.account.security-info.use.second-factor'), { exact: false }).first().waitFor()
      await steps
        .methods(page)
        .getByRole('button', { name: steps.say('web.account.security-info.disable') })
        .click()
      await steps.answer(page, 'web.account.security-info.disable')
      await steps
        .methods(page)
        .getByRole('button', { name: steps.say('web.account.security-info.enable') })
        .waitFor()
    })

    test(`S50a: a user name that is the default stays until the default has moved, in ${locale}`, async () => {
      await using here = await arrive('', async (stage) => {
        await stage.allow('voice')
        await stage.world.number(stage.anna, number)
        await stage.world.number(stage.anna, office.number, { signIn: false, type: 'office' })
      })
      const { page } = here
      await steps.pressDelete(page, digits)
      const refused = page.getByRole('dialog')
      await refused.getByRole('button', { name: steps.say('web.account.security-info.default.change-label') }).click()
      await steps.changeDefault(page, 'web.account.security-info.step.voice-office')
      await steps.pressDelete(page, digits)
      await steps.answer(page, 'web.account.security-info.delete.ok')
      await steps.methods(page).getByText(shown).waitFor({ state: 'detached' })
    })

    test(`S53, S58: an e-mail address, for the password only, and gone again, in ${locale}`, async () => {
      await using here = await arrive('', (stage) => stage.allow('email'))
      const { stage, page } = here
      await steps.add(page, 'web.account.security-info.kind.email')
      await page.getByText(steps.say('web.methods.email.reset-only'), { exact: false }).waitFor()
      await page.getByLabel(steps.say('web.methods.email.address.label')).fill('anna@example.com')
      await steps.button(page, 'web.kit.wizard.next').click()
      await steps.codeField(page).waitFor()
      const { text } = await stage.world.mailTo('anna@example.com')
      await steps.typeCode(page, stage.world.codeIn(text))
      await page.getByRole('heading', { name: steps.say('web.account.security-info.done.mail') }).waitFor()
      await steps.close(page)
      await steps.pressDelete(page, /anna@example\.com/)
      await steps.answer(page, 'web.account.security-info.delete.yes')
      await steps.methods(page).getByText('anna@example.com').waitFor({ state: 'detached' })
    })

    test(`S59: a number is changed for another one, in ${locale}`, async () => {
      await using here = await arrive('', ({ world, anna }) => world.number(anna, number))
      const { stage, page } = here
      await steps.pressChange(page, digits)
      await steps.typeNumber(page, '06 12345679')
      await steps.codeField(page).waitFor()
      await steps.typeCode(page, await stage.codeFor('+31612345679'))
      await steps.close(page)
      await steps.methods(page).getByText('+31 612345679').waitFor()
      assert.equal(await steps.methods(page).getByText(shown).count(), 0)
    })

    test(`S41: whoever is asked right after signing in goes the same way there, in ${locale}`, async () => {
      await using stage = await startSecurityInfo(locale)
      await stage.world.allow('sms', { demanded: true })
      await using page = await signedInTo(stage)
      await page.getByRole('heading', { name: steps.say('features.sign-in.register.intro.heading') }).waitFor()
      await showsNothingWrong(page)
      await page.locator('[value=confirm]').click()
      await page.getByRole('heading', { name: steps.say('features.sign-in.register.phone.heading') }).waitFor()
      await page.locator('[name=national]').fill('06 12345678')
      await page.locator('[value=next]').click()
      await page.locator('[name=code]').fill(await stage.codeFor(number))
      await page.getByText(steps.say('features.sign-in.register.notices.phone-texted')).waitFor()
      await showsNothingWrong(page)
      await page.locator('[value=next]').click()
      await page.locator('[name=stay][value=no]').click()
      await steps.methods(page).getByText(shown).waitFor()
      assert.deepEqual(complaintsOf(page), [])
    })

    async function signedInTo(stage: SecurityInfoStage): Promise<Page> {
      const page = await newPage({ width: 390, height: 844, locale })
      await stage.go(page)
      await page.waitForURL(/\/sign-in\//)
      await page.locator('#identifier').fill(stage.anna.userPrincipalName)
      await page.locator('[value=next]').click()
      await page.locator('#password').fill(stage.password)
      await page.locator('[value=next]').click()
      return page
    }
  })
}
