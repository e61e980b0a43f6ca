import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Locale, locales } from '#contract/locale.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { settled } from '#test/account-stage.ts'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { startSecurityInfo } from '#test/security-info-stage.ts'

const number = '+31612345678'

/** Contoso User and Contoso SMS Users, as the manual calls them, and what is said in one language. */
class Seed {
  readonly locale: Locale
  readonly stage: AdminStage
  readonly page: Page

  constructor(locale: Locale, stage: AdminStage, page: Page) {
    this.locale = locale
    this.stage = stage
    this.page = page
  }

  say(key: MessageKey, values: Record<string, string> = {}): string {
    return message(this.locale, key, values)
  }

  async press(key: MessageKey, values?: Record<string, string>, role: 'button' | 'link' = 'button'): Promise<void> {
    await this.page
      .getByRole(role, { name: this.say(key, values), exact: true })
      .last()
      .click()
  }

  async pick(key: MessageKey): Promise<void> {
    await this.page.getByText(this.say(key), { exact: true }).first().click()
  }

  /** From a drop-down in the dialog. */
  async choose(of: MessageKey, option: MessageKey): Promise<void> {
    const question = new RegExp(this.say(of))
    await this.page.getByRole('dialog').getByRole('button', { name: question }).click()
    await this.page.getByRole('option', { name: this.say(option), exact: true }).click()
  }

  async shows(key: MessageKey, values?: Record<string, string>): Promise<void> {
    await this.page.getByText(this.say(key, values), { exact: false }).first().waitFor()
  }

  async standsRight(): Promise<void> {
    await settled(this.page)
    assert.deepEqual(await axeViolations(this.page), [])
  }

  /** In the field that the dialog to add a method has for it. */
  async type(typed: string): Promise<void> {
    await this.page
      .getByRole('dialog')
      .getByRole('textbox', { name: this.say('web.admin.users.person.methods.number.label') })
      .fill(typed)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Browsers also complain of every no that the page itself tells in words.
    assert.deepEqual(
      complaintsOf(this.page).filter((complaint) => !complaint.startsWith('Failed to load resource')),
      [],
    )
    await this.page[Symbol.asyncDispose]()
    await this.stage[Symbol.asyncDispose]()
  }
}

/** An administrator on the first page of the admin center; what is decided about texts then, the story says. */
async function arrive(locale: Locale): Promise<Seed> {
  const stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale })
  try {
    return new Seed(locale, stage, await stage.open('/admin', { locale }))
  } catch (error) {
    await stage[Symbol.asyncDispose]()
    throw error
  }
}

/** After the administrator has come in with a text. */
async function turnOff({ world }: AdminStage): Promise<void> {
  const off = { isEnabled: false, targets: [], settings: {} }
  await world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('sms', off))
}

async function contoso({ world }: AdminStage, locale: Locale) {
  const user = await world.person('contoso', { displayName: 'Contoso User', preferredLanguage: locale })
  return { user, group: await world.group('Contoso SMS Users', { members: [user] }) }
}

const methodsOf = ({ id }: { id: string }) => `/admin/users/${id}/authentication-methods`

for (const locale of locales) {
  describe(`the steps of enabling SMS sign-in, in ${locale}`, { skip: noBrowser }, () => {
    test(`the policy is enabled and assigned to users and groups, aware of licences, in ${locale}`, async () => {
      await using seed = await arrive(locale)
      const { stage, page } = seed
      const { user, group } = await contoso(stage, locale)
      await turnOff(stage)
      // "In the navigation menu: Security > Authentication methods > Authentication method policy."
      await page.getByText(seed.say('web.admin.policies.group'), { exact: true }).waitFor()
      await seed.press('web.admin.policies.label', {}, 'link')
      await page.getByRole('heading', { name: seed.say('web.admin.policies.title'), level: 1 }).waitFor()
      await seed.standsRight()
      // "Select Text message in the list of available methods. Set Enable to Yes."
      await seed.press('web.admin.policies.method.sms.name', {}, 'link')
      await seed.pick('web.admin.policies.enable.yes')
      // "You can enable it for All users, or select users and groups. Set Target to Select users."
      await page.getByText(seed.say('web.admin.policies.target.all'), { exact: true }).first().waitFor()
      await seed.pick('web.admin.policies.target.select')
      // "Choose Add users or groups, select a test user or group, such as Contoso User or Contoso SMS Users; Select, and Save."
      await seed.press('web.admin.policies.add.open')
      const who = page.getByRole('combobox', { name: seed.say('web.admin.policies.add.who') })
      for (const name of [/^Contoso User/, /Contoso SMS Users/]) {
        await who.fill('Contoso')
        await page.getByRole('option', { name }).click()
      }
      await seed.press('web.admin.policies.add.select')
      for (const target of ['Contoso User', 'Contoso SMS Users']) {
        await page.getByRole('checkbox', { name: `${seed.say('web.admin.policies.target.sign-in')}: ${target}` }).check()
      }
      await seed.press('web.admin.policies.save')
      // "Make sure that you have the right licences for the users you enable."
      await seed.shows('web.admin.policies.licence.numbers', { inScope: '1', licensed: '0', short: '1' })
      await seed.shows('web.admin.policies.effect.gainsSmsSignIn.one', { count: '1' })
      await seed.standsRight()
      await seed.press('web.admin.policies.save')
      await seed.shows('web.admin.policies.saved.told')
      await seed.shows('web.admin.policies.licence.note')
      await seed.standsRight()
      const { isEnabled, targets } = await stage.world.system.methodPolicies.find('sms')
      assert.equal(isEnabled, true)
      assert.deepEqual(targets.map(({ id }) => id).toSorted(), [user.id, group.id].toSorted())
      assert.ok(targets.every(({ isUsableForSignIn }) => isUsableForSignIn))
    })

    test(`a number is set for a user, checked while it is typed, and the check mark says that it signs them in, in ${locale}`, async () => {
      await using seed = await arrive(locale)
      const { stage, page } = seed
      const { group } = await contoso(stage, locale)
      await stage.world.allow('sms', { group })
      await stage.world.allow('voice')
      // "Select Users, the user, and Authentication methods. Select + Add authentication method, and Phone number in the drop-down Choose method."
      await seed.press('web.admin.users.label', {}, 'link')
      await page.getByRole('link', { name: 'Contoso User' }).click()
      await page
        .getByRole('main')
        .getByRole('link', { name: seed.say('web.admin.users.person.sections.authentication-methods'), exact: true })
        .click()
      await seed.press('web.admin.users.person.methods.add.open')
      await seed.choose('web.admin.users.person.methods.add.choose', 'web.admin.users.person.methods.add.phone')
      // "Type the number with its country code. The portal checks that it is in the right form."
      await seed.type('4251234567')
      await page.getByRole('dialog').locator('.verdict-line.bad').waitFor()
      await seed.type('+31 6 12345678')
      await page.getByRole('dialog').locator('.verdict-line.good').waitFor()
      // "Phone type: Mobile, Alternate mobile or Other. Select Add."
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(seed.say('web.admin.users.person.methods.add.type')) })
        .click()
      assert.deepEqual(await page.getByRole('option').allInnerTexts(), [
        seed.say('web.admin.users.person.methods.kind.phone'),
        seed.say('web.admin.users.person.methods.kind.alternate-phone'),
        seed.say('web.admin.users.person.methods.kind.office-phone'),
      ])
      await page.getByRole('option', { name: seed.say('web.admin.users.person.methods.kind.phone'), exact: true }).click()
      await seed.press('web.admin.users.person.methods.add.add')
      // "A check mark appears for SMS sign-in enabled." The number is there for two-step verification and password reset too.
      await seed.shows('web.admin.users.person.methods.sms-sign-in-enabled')
      const row = page.getByRole('listitem').filter({ hasText: seed.say('web.admin.users.person.methods.sms-sign-in-enabled') })
      for (const use of ['sign-in', 'second-factor', 'password-reset'] as const)
        await row
          .getByText(new RegExp(seed.say(`web.admin.users.person.methods.use.${use}`), 'i'))
          .first()
          .waitFor()
      await seed.standsRight()
      await signsInWithoutPassword(seed)
    })

    test(`a number that is set already is enabled by its user in My Account, and serves both from then on, in ${locale}`, async () => {
      await using stage = await startSecurityInfo(locale)
      const { world, anna } = stage
      await world.number(anna, number, { signIn: false })
      const say = (key: MessageKey) => message(locale, key)
      const page = await stage.open('', { locale, width: 390 })
      // "Select the button Enable for SMS sign-in."
      await page
        .getByRole('button', { name: say('web.account.security-info.enable'), exact: true })
        .first()
        .click()
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: say('web.account.security-info.enable'), exact: true })
        .click()
      const methods = page.getByRole('list', { name: say('web.account.security-info.methods') })
      await methods.getByText(say('web.account.security-info.tile.sms-sign-in'), { exact: true }).waitFor()
      await methods.getByText(say('web.account.security-info.use.second-factor'), { exact: false }).first().waitFor()
      assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, true)
      assert.deepEqual(complaintsOf(page), [])
    })

    test(`why a number could not be set: five causes, each with its remedy, in ${locale}`, async () => {
      await using seed = await arrive(locale)
      const { stage, page } = seed
      const { world } = stage
      const { user } = await contoso(stage, locale)
      await turnOff(stage)
      await stage.go(page, methodsOf(user))
      // 1. "Make sure that SMS-based sign-in is enabled."
      await seed.shows('web.admin.users.person.methods.cause.sms-sign-in-disabled')
      await page.getByRole('link', { name: seed.say('web.admin.users.person.methods.remedy.turn-on-policy'), exact: true }).waitFor()
      await seed.standsRight()
      // 2. "Check that the user is enabled in the text-message policy."
      const group = await world.group('Shop')
      await world.allow('sms', { group })
      await stage.go(page, methodsOf(user))
      await seed.shows('web.admin.users.person.methods.cause.not-allowed')
      await seed.press('web.admin.users.person.methods.remedy.add-to-group', { group: 'Shop' })
      await page.getByText(seed.say('web.admin.users.person.methods.cause.not-allowed')).waitFor({ state: 'detached' })
      // 3. "Make sure that the number is in the right form, such as +1 4251234567."
      await seed.press('web.admin.users.person.methods.add.open')
      await seed.choose('web.admin.users.person.methods.add.choose', 'web.admin.users.person.methods.add.phone')
      await seed.type('4251234567')
      await page.getByRole('dialog').locator('.verdict-line.bad').waitFor()
      await seed.shows('web.admin.users.person.methods.number.hint')
      // 4. "Make sure that the number is not used elsewhere in your tenant."
      await world.number(await world.person('holder', { displayName: 'Hanna Holder' }), number)
      await world.system.inTransaction(async ({ settings }) => settings.set({ ...(await settings.get()), uniqueNumbers: 'tenantWide' }))
      await seed.type('+31 6 12345678')
      await page.getByRole('dialog').locator('.verdict-line.good').waitFor()
      await seed.press('web.admin.users.person.methods.add.add')
      await seed.shows('web.admin.users.person.methods.cause.not-unique')
      await seed.press('web.admin.users.person.methods.remedy.whose')
      await page
        .getByRole('link', { name: seed.say('web.admin.users.person.methods.remedy.open-holder', { name: 'Hanna Holder' }) })
        .waitFor()
      await seed.standsRight()
      // 5. "Check that no voice number is set for the account. If there is one, delete it and try again."
      await world.system.inTransaction(async ({ phones }) => {
        const voiceOnly = { userId: user.id, type: 'mobile', isSignInName: false, signInWish: 'never tried', isVoiceOnly: true } as const
        await phones.add({ ...voiceOnly, number: canonicalNumber('+31612345679') }, world.now)
      })
      await stage.go(page, methodsOf(user))
      await seed.shows('web.admin.users.person.methods.cause.voice')
      await seed.press('web.admin.users.person.methods.remedy.replace')
      await seed.type('+31 6 12345677')
      await seed.press('web.admin.users.person.save')
      await seed.shows('web.admin.users.person.methods.sms-sign-in-enabled')
    })
  })
}

/** "Open a private window, sign in, type the number, Next; a text is sent; type the six-digit code. The user is signed in without a user name or password." */
async function signsInWithoutPassword({ stage, locale }: Seed): Promise<void> {
  const page = await newPage({ locale, width: 390 })
  await page.goto(`${stage.url}/account?tenant=${stage.world.domain}`)
  await page.locator('#identifier').fill('+31 6 12345678')
  await page.locator('[value=next]').click()
  await page.locator('#code').waitFor()
  assert.equal(await page.locator('input[type=password]').count(), 0)
  const code = stage.world.codeIn(await stage.world.textTo(number))
  assert.match(code, /^\d{6}$/)
  await page.locator('#code').fill(code)
  const stay = page.locator('[name=stay][value=no]')
  await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
  if (await stay.isVisible()) await stay.click()
  await page.waitForURL(/\/account$/)
  await page
    .getByRole('button', { name: /Contoso User/ })
    .first()
    .waitFor()
  await page.close()
}
