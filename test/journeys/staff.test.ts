import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { settled } from '#test/account-stage.ts'
import { noBrowser } from '#test/browser.ts'
import { startStaff } from '#test/staff-stage.ts'

const act = (page: Page, label: string) => page.locator('button.big', { hasText: label })
const personIn = (page: Page, name: string) => page.locator('a.big', { hasText: name })
const toast = (page: Page) => page.locator('.toast').last()

/** Seen from the shop floor: what a manager reads where something is not for them. */
const refusals: readonly [who: 'Dora' | 'Guus' | 'Uit' | 'Alex', words: RegExp][] = [
  ['Dora', /only other administrators can help them/],
  ['Guus', /This person is a guest/],
  ['Uit', /This account is switched off/],
  ['Alex', /Nobody can do this to themselves/],
]

const days: Readonly<Record<Locale, { add: string; field: string; confirm: RegExp; save: string; saved: RegExp }>> = {
  en: { add: 'Add phone number', field: 'New phone number', confirm: /I am with Bo/, save: 'Save number', saved: /can now sign in/ },
  nl: {
    add: 'Telefoonnummer toevoegen',
    field: 'Nieuw telefoonnummer',
    confirm: /Ik ben bij Bo/,
    save: 'Nummer opslaan',
    saved: /kan zich nu aanmelden/,
  },
  sv: {
    add: 'Lägg till telefonnummer',
    field: 'Nytt telefonnummer',
    confirm: /Jag är tillsammans med Bo/,
    save: 'Spara numret',
    saved: /kan nu logga in/,
  },
}

describe('the manager’s day', { skip: noBrowser }, () => {
  test('a new colleague gets a number, and signs in with it a moment later', async () => {
    await using stage = await startStaff()
    const { world, bo } = stage
    await using page = await stage.open('/staff', { width: 390, height: 844 })
    await personIn(page, 'Bo de Vries').click()
    await act(page, 'Add phone number').click()
    await page.getByRole('textbox', { name: 'New phone number' }).fill('06 8765 4321')
    await page.getByRole('button', { name: 'Save number' }).click()
    assert.match(await page.locator('.confirm-field .error').innerText(), /Tick this first/)
    await page.getByLabel(/I am with Bo de Vries/).check()
    await page.getByRole('button', { name: 'Save number' }).click()
    assert.match(await toast(page).innerText(), /Bo de Vries can now sign in with this number/)
    await page.getByText('+31 •••••••21').waitFor()
    assert.equal(await world.system.phones.signInNumberOf(bo.id), '+31687654321')

    await using theirs = await stage.signInAs('+31687654321', '/account')
    assert.match(await theirs.locator('main').innerText(), /Bo/)
  })

  test('a number changes after the person typed the digits of the manager’s screen, and both pages go on by themselves', async () => {
    await using stage = await startStaff()
    const { world, anna } = stage
    await using page = await stage.open(`/staff/people/${anna.id}`)
    await act(page, 'Change phone number').click()
    await page.getByRole('textbox', { name: 'New phone number' }).fill('06 8765 4321')
    await page.getByRole('button', { name: 'Send the text' }).click()
    const digits = (await page.locator('.digits').innerText()).trim()
    assert.match(digits, /^\d{3}$/)
    // A reload leads to the same question.
    await page.reload()
    await page.locator('.digits').waitFor()
    assert.equal((await page.locator('.digits').innerText()).trim(), digits)

    await using theirs = await stage.openLink()
    assert.match(await theirs.locator('main').innerText(), /Alex Morgan wants to change your phone number/)
    await theirs.getByRole('button', { name: 'Yes, do it' }).focus()
    await theirs.locator('#digits').fill(String((Number(digits) + 1) % 1000).padStart(3, '0'))
    await theirs.getByRole('button', { name: 'Yes, do it' }).click()
    assert.match(await theirs.locator('#digits-error').innerText(), /2 more tries/)
    await theirs.locator('#digits').fill(digits)
    await theirs.keyboard.press('Enter')
    await theirs.getByRole('heading', { name: 'Thank you' }).waitFor()
    await page.locator('.dialog').waitFor({ state: 'detached' })
    await page.getByText('+31 •••••••21').waitFor()
    assert.equal(await world.system.phones.signInNumberOf(anna.id), '+31687654321')
  })

  test('a person who says no keeps their number, and the manager reads why nothing can be done today', async () => {
    await using stage = await startStaff()
    const { world, anna } = stage
    await using page = await stage.open(`/staff/people/${anna.id}`)
    await act(page, 'Remove phone number').click()
    await page.getByRole('button', { name: 'Send the text' }).click()
    await page.locator('.digits').waitFor()
    await using theirs = await stage.openLink()
    await theirs.getByRole('button', { name: 'No, I did not ask for this' }).click()
    await theirs.getByRole('heading', { name: 'Nothing changes' }).waitFor()
    await page.getByText('Anna Jansen said no').waitFor()
    await page.getByRole('button', { name: 'Close' }).last().click()
    await page.locator('.big.closed', { hasText: 'Change phone number' }).getByText('said no when they were asked').waitFor()
    assert.equal(await world.system.phones.signInNumberOf(anna.id), '+31612345678')
  })

  test('a forgotten password is reset in two taps, told once and large, and gone after a reload', async () => {
    await using stage = await startStaff()
    const { world, anna } = stage
    await world.password(anna, 'the password anna forgot')
    await using page = await stage.open(`/staff/people/${anna.id}`, { width: 390, height: 844 })
    await act(page, 'Reset password').click()
    await page.locator('.dialog').getByRole('button', { name: 'Reset password' }).click()
    const password = (await page.locator('.copy-secret').innerText()).trim()
    assert.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    assert.ok(!(await page.locator('main').innerText()).includes(password))
    await page.reload()
    await settled(page)
    await page.locator('.dialog').waitFor()
    assert.ok(!(await page.content()).includes(password))
  })

  test('a colleague who has nothing gets a pass, and comes in with it', async () => {
    await using stage = await startStaff()
    const { bo } = stage
    await using page = await stage.open(`/staff/people/${bo.id}`, { width: 390, height: 844 })
    // The organisation has not switched passes on yet: the manager reads so.
    await page.locator('.big.closed', { hasText: 'Give a temporary access pass' }).getByText('does not use').waitFor()
    await stage.world.allow('temporary-access-pass')
    stage.world.system.reload()
    await stage.go(page, `/staff/people/${bo.id}`)
    await act(page, 'Give a temporary access pass').click()
    await page.getByRole('button', { name: 'Make a pass' }).click()
    const pass = (await page.locator('.copy-secret').innerText()).trim()
    await using theirs = await stage.signInWithPass(bo.userPrincipalName, pass)
    assert.match(await theirs.locator('main').innerText(), /Bo/)
  })

  test('the passwords of several people are reset together, and each is told beside its name', async () => {
    await using stage = await startStaff()
    await using page = await stage.open('/staff')
    await page.getByRole('button', { name: 'Reset several passwords' }).click()
    // Whoever cannot be helped here cannot be chosen, and it says why.
    await page.locator('.big.closed', { hasText: 'Dora' }).getByText('other administrators').waitFor()
    await page.getByLabel(/Anna Jansen/).check()
    await page.getByLabel(/Bo de Vries/).check()
    await page.getByRole('button', { name: 'Reset passwords' }).click()
    await page.getByRole('button', { name: 'Reset 2 passwords' }).click()
    await page.locator('.copy-secret').nth(1).waitFor()
    assert.equal(new Set(await page.locator('.copy-secret').allInnerTexts()).size, 2)
  })

  test('sign-in by text is switched off and on again', async () => {
    await using stage = await startStaff()
    await using page = await stage.open(`/staff/people/${stage.anna.id}`)
    await act(page, 'Switch off sign-in by text').click()
    await page.getByRole('button', { name: 'Switch off', exact: true }).click()
    await act(page, 'Switch on sign-in by text').click()
    await page.getByRole('button', { name: 'Switch on', exact: true }).click()
    await act(page, 'Switch off sign-in by text').waitFor()
    assert.equal(await stage.world.system.phones.signInNumberOf(stage.anna.id), '+31612345678')
  })

  test('with two locations the first visit asks which, and the next one remembers', async () => {
    await using stage = await startStaff({ hasSecond: true })
    await using page = await stage.open('/staff', { width: 390, height: 844 })
    await page.getByRole('heading', { name: 'Where are you today?' }).waitFor()
    await page.locator('button.big', { hasText: 'Store 14' }).click()
    await personIn(page, 'Cas').waitFor()
    assert.equal(await personIn(page, 'Anna').count(), 0)
    await stage.go(page, '/staff')
    await personIn(page, 'Cas').waitFor()
    await page.getByRole('button', { name: /Location/ }).click()
    await page.getByRole('option', { name: 'All my people' }).click()
    await personIn(page, 'Anna').waitFor()
    await page.getByRole('searchbox').fill('vri')
    await personIn(page, 'Anna').waitFor({ state: 'detached' })
    await personIn(page, 'Bo de Vries').waitFor()
  })

  test('every act that is refused says why in the manager’s words, and offers nothing', async () => {
    await using stage = await startStaff()
    await using page = await stage.open('/staff')
    for (const [who, words] of refusals) {
      await stage.go(page, '/staff')
      await personIn(page, who).click()
      assert.match(await page.locator('main .banner').innerText(), words)
      assert.equal(await page.locator('button.big').count(), 0)
      // A dialog that stands in an address opens no door either.
      await stage.go(page, `${new URL(page.url()).pathname}?act=password`)
      assert.equal(await page.locator('.dialog').count(), 0)
    }
    const elsewhere = await stage.world.person('elsewhere')
    await stage.go(page, `/staff/people/${elsewhere.id}`)
    assert.match(await page.locator('main .banner').innerText(), /Your role does not reach this person/)
    await stage.world.system.inTransaction(({ staffSettings }) => staffSettings.set({ access: 'none', groupIds: [] }))
    await stage.go(page, '/staff')
    assert.match(await page.locator('main .banner').innerText(), /has not opened My Staff to you/)
  })

  test('somebody without a role for it reads which roles there are, and sees nobody', async () => {
    await using stage = await startStaff({ role: 'Reports Reader' })
    await using page = await stage.open('/staff')
    assert.match(await page.locator('main .banner').innerText(), /This needs one of the roles: .*Authentication Administrator/)
    assert.equal(await page.locator('.big').count(), 0)
  })

  test('a helpdesk role resets passwords and reads who could change numbers', async () => {
    await using stage = await startStaff({ role: 'Helpdesk Administrator' })
    await using page = await stage.open(`/staff/people/${stage.anna.id}`)
    await act(page, 'Give a password').waitFor()
    await page
      .locator('.big.closed', { hasText: 'Change phone number' })
      .getByText(/one of the roles: Authentication Administrator/)
      .waitFor()
  })

  for (const [locale, words] of Object.entries(days) as [Locale, (typeof days)[Locale]][]) {
    test(`a manager gives a number by the keyboard alone, in ${locale}`, async () => {
      await using stage = await startStaff({ locale })
      await using page = await stage.open('/staff', { locale })
      await personIn(page, 'Bo de Vries').focus()
      await page.keyboard.press('Enter')
      await act(page, words.add).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('textbox', { name: words.field }).waitFor()
      await page.keyboard.type('0687654321')
      await page.keyboard.press('Tab')
      assert.equal(await page.getByLabel(words.confirm).evaluate('document.activeElement.name'), 'confirmed')
      await page.keyboard.press('Space')
      await page.keyboard.press('Enter')
      assert.match(await toast(page).innerText(), words.saved)
      assert.equal(await stage.world.system.phones.signInNumberOf(stage.bo.id), '+31687654321')
    })
  }
})
