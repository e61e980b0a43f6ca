import type { Locator, Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { type MessageKey, message } from '#server/locale.ts'
import type { SecurityInfoStage } from './security-info-stage.ts'

/** The steps of the security-info page in the words of one language, as a manual would tell them. */
export class SpokenSteps {
  readonly locale: Locale

  constructor(locale: Locale) {
    this.locale = locale
  }

  say(key: MessageKey, values: Record<string, string> = {}): string {
    return message(this.locale, key, values)
  }

  button(page: Page, key: MessageKey): Locator {
    return page.getByRole('button', { name: this.say(key), exact: true })
  }

  methods(page: Page): Locator {
    return page.getByRole('list', { name: this.say('web.account.security-info.methods') })
  }

  asked(page: Page): Locator {
    return page.getByRole('alertdialog')
  }

  async choose(page: Page, question: MessageKey, answer: string): Promise<void> {
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(this.say(question).replace('?', '\\?')) })
      .click()
    await page.getByRole('option', { name: answer }).first().click()
  }

  async add(page: Page, kind: MessageKey): Promise<void> {
    await this.button(page, 'web.account.security-info.add-method').click()
    await this.choose(page, 'web.account.security-info.add.which', this.say(kind))
    await page
      .getByRole('dialog')
      .getByRole('button', { name: this.say('web.account.security-info.add.add'), exact: true })
      .click()
  }

  async typeNumber(page: Page, national: string): Promise<void> {
    await page.getByLabel(this.say('web.account.security-info.number.number')).fill(national)
    await this.button(page, 'web.kit.wizard.next').click()
  }

  async typeCode(page: Page, code: string): Promise<void> {
    await this.codeField(page).fill(code)
    await this.button(page, 'web.kit.wizard.next').click()
  }

  codeField(page: Page): Locator {
    return page.locator('input[autocomplete=one-time-code]')
  }

  async close(page: Page): Promise<void> {
    await this.button(page, 'web.account.security-info.done.close').click()
  }

  /** "Delete" beside the method whose name holds these digits. */
  async pressDelete(page: Page, digits: RegExp): Promise<void> {
    await this.#beside(page, digits, 'web.account.security-info.delete.link').click()
  }

  async pressChange(page: Page, digits: RegExp): Promise<void> {
    await this.#beside(page, digits, 'web.account.security-info.change').click()
  }

  #beside(page: Page, digits: RegExp, key: MessageKey): Locator {
    return this.methods(page)
      .getByRole('button', { name: digits })
      .filter({ hasText: this.say(key) })
  }

  async answer(page: Page, key: MessageKey): Promise<void> {
    await this.asked(page)
      .getByRole('button', { name: this.say(key), exact: true })
      .click()
  }

  async changeDefault(page: Page, step: MessageKey): Promise<void> {
    await this.choose(page, 'web.account.security-info.default.which', this.nameOf(step))
    await this.button(page, 'web.account.security-info.confirm').click()
    await this.hasDefault(page, step)
  }

  async hasDefault(page: Page, step: MessageKey): Promise<void> {
    await page.locator('.default-method').getByText(this.nameOf(step), { exact: false }).waitFor()
  }

  /** What a way is called, without the number behind it. */
  nameOf(step: MessageKey): string {
    return this.say(step, { detail: '' }).replace(' ()', '')
  }

  /** The phone rings, is answered, and the digit on the screen is pressed. */
  async takeCall(page: Page, stage: SecurityInfoStage, number: string): Promise<void> {
    await page.getByText(this.say('web.methods.voice.state.ringing')).first().waitFor()
    const [digit = ''] = await page.locator('.keys kbd').allInnerTexts()
    const call = await stage.world.callTo(number)
    await stage.world.callInbox.act(call.id, 'answer')
    await stage.world.callInbox.press(call.id, `${digit}#`)
  }
}
