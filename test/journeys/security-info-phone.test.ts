import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { complaintsOf, noBrowser } from '#test/browser.ts'
import { button, methodsOf, type SecurityInfoStage, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const number = '+31612345678'
const shown = '+31 612345678'

async function chooseToAdd(page: Page, kind: string): Promise<void> {
  await button(page, 'Add method').click()
  await page.getByRole('button', { name: /Which method would you like to add/ }).click()
  await page.getByRole('option', { name: kind }).click()
  await button(page, 'Add').click()
}

async function typeCode(stage: SecurityInfoStage, page: Page, to = number): Promise<void> {
  await page.getByLabel('Code of six digits').waitFor()
  await page.getByLabel('Code of six digits').fill(await stage.codeFor(to))
  await button(page, 'Next').click()
}

async function holds(field: Locator, value: string): Promise<void> {
  for (let tries = 0; (await field.inputValue()) !== value; tries++) {
    assert.ok(tries < 100, `${await field.inputValue()} instead of ${value}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('a phone of one’s own', { skip: noBrowser }, () => {
  test('S31, S32 is added by a text: method, number, code, and both words of success', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open()
    await chooseToAdd(page, 'Phone')
    await page.getByRole('dialog').getByText('never gets access to your phone.').waitFor()
    await page.getByLabel('Phone number').fill('06 12345678')
    await page.getByText('Text me a code').click()
    await showsNothingWrong(page)
    await button(page, 'Next').click()
    await page.getByLabel('Code of six digits').waitFor()
    await showsNothingWrong(page)
    await typeCode(stage, page)
    await page.getByRole('heading', { name: 'SMS verified. Your phone was registered successfully.' }).waitFor()
    await showsNothingWrong(page)
    await button(page, 'Done').click()
    await methodsOf(page).getByText(shown).waitFor()
    await methodsOf(page).getByText('SMS sign-in', { exact: true }).waitFor()
    assert.equal(new URL(page.url()).search, '')
    assert.deepEqual(complaintsOf(page), [])
  })

  test('S35, S37 is added by a call: the digit on the screen is pressed, and the page says so by itself', async () => {
    await using stage = await startSecurityInfo()
    await stage.allow('voice')
    await using page = await stage.open('add=phone')
    await page.getByLabel('Phone number').fill('+31 6 12345678')
    assert.equal(await page.getByLabel('Phone number').inputValue(), '6 12345678', 'the country was taken from what was pasted')
    await page.getByText('Call me').click()
    await button(page, 'Next').click()
    await page.getByText('Your phone is ringing.').waitFor()
    await showsNothingWrong(page)
    const [digit = ''] = await page.locator('.keys kbd').allInnerTexts()
    const call = await stage.world.callTo(number)
    await stage.world.callInbox.act(call.id, 'answer')
    await page.getByText('You’ve answered.', { exact: false }).waitFor()
    await stage.world.callInbox.press(call.id, `${(Number(digit) + 1) % 10}#`)
    await page.getByText('That was another digit.', { exact: false }).waitFor()
    await stage.world.callInbox.press(call.id, `${digit}#`)
    await page.getByRole('heading', { name: 'Call verified. Your phone was registered successfully.' }).waitFor()
    await button(page, 'Done').click()
    await methodsOf(page).getByText(shown).waitFor()

    await methodsOf(page).getByText('So far this number has only been proven by a call.', { exact: false }).waitFor()
    await button(page, 'Prove it again').click()
    assert.equal(await page.getByLabel('Phone number').inputValue(), '612345678')
    await page.getByText('Text me a code').click()
    await button(page, 'Next').click()
    await typeCode(stage, page)
    await page.getByText('You can sign in with it too', { exact: false }).waitFor()
  })

  test('a call that nobody takes says what happened, and can be had again or as a text', async () => {
    await using stage = await startSecurityInfo()
    await stage.allow('voice')
    await using page = await stage.open('add=phone')
    await page.getByLabel('Phone number').fill('0612345678')
    await page.getByText('Call me').click()
    await button(page, 'Next').click()
    await page.getByText('Your phone is ringing.').waitFor()
    await stage.world.callInbox.act((await stage.world.callTo(number)).id, 'busy')
    await page.getByRole('status').getByText('The line is busy.', { exact: false }).waitFor()
    await showsNothingWrong(page)
    assert.equal(await button(page, /^Call me again/).isDisabled(), true, 'not at once')
    await button(page, 'Text me a code instead').click()
    await typeCode(stage, page)
    await page.getByRole('heading', { name: /^SMS verified/ }).waitFor()
  })

  test('S40 that somebody else signs in with it is said after the proof, and it is kept for verification', async () => {
    await using stage = await startSecurityInfo()
    await stage.world.number(await stage.world.person('bert'), number)
    await using page = await stage.open('add=phone')
    await page.getByLabel('Phone number').fill('0612345678')
    await button(page, 'Next').click()
    await page.getByLabel('Code of six digits').waitFor()
    assert.equal(await page.getByText('Somebody else').count(), 0)
    await typeCode(stage, page)
    await page.getByText('Somebody else in your organisation signs in with this number. Contact your administrator.').first().waitFor()
    await page.getByText('For verification you can use it all the same.').waitFor()
    await button(page, 'Done').click()
    await methodsOf(page).getByText('Needs a look').waitFor()
    await methodsOf(page).getByText('Somebody else', { exact: false }).waitFor()
    await showsNothingWrong(page)
  })

  test('S59 is changed for another one, which takes its place', async () => {
    await using stage = await startSecurityInfo()
    await stage.world.number(stage.anna, number)
    await using page = await stage.open()
    await button(page, /^Change .*612345678/).click()
    await page.getByText(/It takes the place of .*612345678/).waitFor()
    await page.getByLabel('Phone number').fill('0612345679')
    await button(page, 'Next').click()
    await typeCode(stage, page, '+31612345679')
    await button(page, 'Done').click()
    await methodsOf(page).getByText('+31 612345679').waitFor()
    assert.equal(await methodsOf(page).getByText(shown).count(), 0)
  })

  test('of an office and an alternate one are called', async () => {
    await using stage = await startSecurityInfo()
    await stage.allow('voice')
    await stage.world.number(stage.anna, number)
    await using page = await stage.open()
    await chooseToAdd(page, 'Office phone')
    await page.getByLabel('Phone number').fill('020 123 4567 x12')
    assert.equal(await page.getByText('Text me a code').count(), 0)
    await button(page, 'Next').click()
    await page.getByText('Your phone is ringing.').waitFor()
    const [digit = ''] = await page.locator('.keys kbd').allInnerTexts()
    const call = await stage.world.callTo('+31201234567')
    await stage.world.callInbox.act(call.id, 'answer')
    await stage.world.callInbox.press(call.id, `${digit}#`)
    await button(page, 'Done').click()
    await methodsOf(page).getByText('+31 201234567x12').waitFor()
  })

  test('finds its country by name and by code, whatever the language', async () => {
    await using stage = await startSecurityInfo('nl')
    await stage.world.system.inTransaction(async ({ settings }) =>
      settings.set({ ...(await settings.get()), textCountries: ['NL', 'SE', 'DE', 'US', 'CA'] }),
    )
    await using page = await stage.open('add=phone', { locale: 'nl' })
    const country = page.getByRole('combobox', { name: 'Land' })
    await holds(country, 'Nederland (+31)')
    await country.click()
    await page.keyboard.type('zwe')
    await page.getByRole('option', { name: 'Zweden (+46)' }).waitFor()
    await showsNothingWrong(page)
    await page.keyboard.press('Enter')
    await holds(country, 'Zweden (+46)')
    await country.click()
    await page.keyboard.type('+49')
    await page.keyboard.press('Tab')
    await holds(country, 'Duitsland (+49)')
    await page.getByLabel('Telefoonnummer').fill('+1 425 123 4567')
    await holds(country, 'Verenigde Staten (+1)')
    assert.equal(await page.getByLabel('Telefoonnummer').inputValue(), '425 123 4567')
  })
})
