import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type MessageKey, message } from '#server/locale.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'
import { button, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const number = '+31612345678'
const shown = '+31 612345678'

// The same steps as in English, in the words people are told to look for in the languages of the first manuals.
for (const locale of ['nl', 'sv'] as const) {
  const say = (key: MessageKey, values: Record<string, string> = {}) => message(locale, key, values)
  const methods = (page: Page) => page.getByRole('list', { name: say('web.account.security-info.methods') })
  const asked = (page: Page) => page.getByRole('alertdialog')

  async function add(page: Page, kind: string): Promise<void> {
    await button(page, say('web.account.security-info.add-method')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(say('web.account.security-info.add.which').replace('?', '\\?')) })
      .click()
    await page.getByRole('option', { name: kind, exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('web.account.security-info.add.add'), exact: true })
      .click()
  }

  describe(`the steps of the manual, in ${locale}`, { skip: noBrowser }, () => {
    test(`S31-S32, S42-S44, S47: a phone by text, as a user name, and gone again, in ${locale}`, async () => {
      await using stage = await startSecurityInfo(locale)
      await using page = await stage.open('', { locale })
      await add(page, say('web.account.security-info.kind.phone'))
      const [, , promise = ''] = say('web.account.security-info.know.access', { organisation: '|' }).split('|')
      await page.getByRole('dialog').getByText(promise.trim(), { exact: false }).waitFor()
      await page.getByLabel(say('web.account.security-info.number.number')).fill('06 12345678')
      await page.getByText(say('web.account.security-info.number.text-me'), { exact: true }).click()
      await button(page, say('web.kit.wizard.next')).click()
      await page.locator('input[autocomplete=one-time-code]').waitFor()
      await page.locator('input[autocomplete=one-time-code]').fill(await stage.codeFor(number))
      await button(page, say('web.kit.wizard.next')).click()
      await page.getByRole('heading', { name: say('web.account.security-info.done.sms') }).waitFor()
      await showsNothingWrong(page)
      await button(page, say('web.account.security-info.done.close')).click()
      await methods(page).getByText(say('web.account.security-info.tile.sms-sign-in'), { exact: true }).waitFor()
      await methods(page).locator('.caret').first().click()
      await button(page, say('web.account.security-info.disable')).click()
      await asked(page)
        .getByRole('button', { name: say('web.account.security-info.disable') })
        .click()
      await methods(page)
        .getByRole('button', { name: say('web.account.security-info.enable') })
        .click()
      await asked(page)
        .getByRole('button', { name: say('web.account.security-info.enable') })
        .click()
      await methods(page).getByText(say('web.account.security-info.tile.sms-sign-in'), { exact: true }).waitFor()
      await methods(page)
        .getByRole('button', { name: /612345678/ })
        .filter({ hasText: say('web.account.security-info.delete.link') })
        .click()
      await showsNothingWrong(page)
      await asked(page)
        .getByRole('button', { name: say('web.account.security-info.delete.ok') })
        .click()
      await methods(page).getByText(shown).waitFor({ state: 'detached' })
      assert.deepEqual(complaintsOf(page), [])
    })

    test(`S35, S37, S48, S51-S52: a phone by call, the default, and gone again, in ${locale}`, async () => {
      await using stage = await startSecurityInfo(locale)
      await stage.allow('voice')
      await using page = await stage.open('', { locale })
      await add(page, say('web.account.security-info.kind.phone'))
      await page.getByLabel(say('web.account.security-info.number.number')).fill('06 12345678')
      await page.getByText(say('web.account.security-info.number.call-me'), { exact: true }).click()
      await button(page, say('web.kit.wizard.next')).click()
      await page.getByText(say('web.methods.voice.state.ringing')).first().waitFor()
      const [digit = ''] = await page.locator('.keys kbd').allInnerTexts()
      const call = await stage.world.callTo(number)
      await stage.world.callInbox.act(call.id, 'answer')
      await stage.world.callInbox.press(call.id, `${digit}#`)
      await page.getByRole('heading', { name: say('web.account.security-info.done.voice') }).waitFor()
      await button(page, say('web.account.security-info.done.close')).click()
      await stage.world.number(stage.anna, '+31201234567', { signIn: false, type: 'office' })
      await page.reload()
      await button(page, say('web.account.security-info.default.change-label')).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(say('web.account.security-info.default.which').replace('?', '\\?')) })
        .click()
      const office = say('web.account.security-info.step.voice-office').split(' (')[0] ?? ''
      await page.getByRole('option', { name: office }).click()
      await button(page, say('web.account.security-info.confirm')).click()
      await page.locator('.default-method').getByText(office, { exact: false }).waitFor()
      await methods(page)
        .getByRole('button', { name: /201234567/ })
        .filter({ hasText: say('web.account.security-info.delete.link') })
        .click()
      await asked(page).getByText(say('web.account.security-info.delete.told'), { exact: false }).waitFor()
      await asked(page)
        .getByRole('button', { name: say('web.account.security-info.delete.yes') })
        .click()
      const mobile = say('web.account.security-info.step.voice-mobile').split(' (')[0] ?? ''
      await page.locator('.default-method').getByText(mobile, { exact: false }).waitFor()
      assert.deepEqual(complaintsOf(page), [])
    })
  })
}
