import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser } from '#test/browser.ts'
import { becomes, button, methodsOf, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const number = '+31612345678'
const shown = '+31 612345678'

const field = (page: Page) => page.getByLabel('Phone number')
const code = (page: Page) => page.getByLabel('Code of six digits')
const wrong = (page: Page, words: string) => page.locator('.error').getByText(words, { exact: false })

async function begin(page: Page, typed = '06 12345678'): Promise<void> {
  await field(page).fill(typed)
  await button(page, 'Next').click()
}

describe('adding a phone, and something goes wrong', { skip: noBrowser }, () => {
  test('letters and half numbers are told at the field, and five digits cost no try', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await button(page, 'Next').click()
    await wrong(page, 'Please fill this in.').waitFor()
    for (const typed of ['my number', '06', '06 1234567890123']) {
      await begin(page, typed)
      await wrong(page, 'That’s not a whole phone number. Check the country (Netherlands) and the digits.').waitFor()
      await showsNothingWrong(page)
      assert.equal(await field(page).inputValue(), typed, 'what was typed stays')
      await page.locator('[name=phoneNumber]:focus').waitFor()
    }
    await begin(page)
    await code(page).fill('12 34-5')
    assert.equal(await code(page).inputValue(), '12345')
    await button(page, 'Next').click()
    await wrong(page, 'The code has six digits.').waitFor()
    const right = await stage.codeFor(number)
    await code(page).fill(right === '111111' ? '222222' : '111111')
    await button(page, 'Next').click()
    await wrong(page, 'Tries left: 4.').waitFor()
    await showsNothingWrong(page)
    await code(page).fill(right)
    await button(page, 'Next').click()
    await page.getByRole('heading', { name: /^SMS verified/ }).waitFor()
  })

  test('a code that is over is replaced by a new one, in the same place', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await begin(page)
    await code(page).waitFor()
    const right = await stage.codeFor(number)
    for (const left of [4, 3, 2, 1, 0]) {
      await code(page).fill(right === `11111${left}` ? '222222' : `11111${left}`)
      await button(page, 'Next').click()
      await wrong(page, `Tries left: ${left}.`).waitFor()
    }
    await button(page, 'Send a new code').click()
    await page
      .getByRole('alert')
      .getByText(/That was too soon\. .* You can try again in \d+ seconds\./)
      .waitFor()
    await showsNothingWrong(page)
    // A number gets one text in half a minute.
    stage.world.turnClock(31_000)
    await button(page, 'Send a new code').click()
    await page.getByRole('status').getByText('The code is on its way again').waitFor()
    await becomes(page, `document.activeElement.name === 'code' && document.activeElement.value === ''`)
    await code(page).fill(await stage.codeFor(number))
    await button(page, 'Next').click()
    await page.getByRole('heading', { name: /^SMS verified/ }).waitFor()
  })

  test('whoever closes the tab midway has added nothing, and goes on where they were', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await begin(page)
    await code(page).waitFor()
    const address = page.url()
    await page.goto('about:blank')
    assert.deepEqual(await stage.world.system.phones.ofUser(stage.anna.id), [])
    const other = await page.context().newPage()
    await other.goto(address)
    await code(other).fill(await stage.codeFor(number))
    await button(other, 'Next').click()
    await other.getByRole('heading', { name: /^SMS verified/ }).waitFor()
  })

  test('whoever comes back too late has a new code sent, and where nothing is left starts cleanly', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await page.route(/phoneNumbers\/[^/]+$/, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), expiresDateTime: new Date(0).toISOString() } })
    })
    await begin(page)
    await page.getByText('This code is over. Have a new one sent.').waitFor()
    await button(page, 'Send a new code').waitFor()
    await showsNothingWrong(page)
    await page.unroute(/phoneNumbers\/[^/]+$/)
    await stage.go(page, 'add=phone&proof=nothing-like-it')
    await page.getByText('That code or call is over. Press Next for a new one.').waitFor()
    assert.equal(await field(page).inputValue(), '06 12345678')
    await showsNothingWrong(page)
  })

  test('of two tabs that add at once one does, and the other says so', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    const other = await page.context().newPage()
    await stage.go(other, 'add=phone')
    await begin(page)
    await begin(other, '0612345679')
    for (const [tab, to] of [
      [page, number],
      [other, '+31612345679'],
    ] as const) {
      await code(tab).fill(await stage.codeFor(to))
      await button(tab, 'Next').click()
      if (tab === page) await page.getByRole('heading', { name: /^SMS verified/ }).waitFor()
    }
    await other.getByText('You have this already. You can change or delete it in the list.').waitFor()
    await methodsOf(page).getByText(shown).waitFor()
    assert.deepEqual(
      (await stage.world.system.phones.ofUser(stage.anna.id)).map((phone) => phone.number),
      [number],
    )
  })

  test('a session that ends midway is begun anew, and comes back to the very step with what was typed', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await field(page).fill('06 12345678')
    const admin = await stage.world.as('Global Administrator')
    assert.ok((await admin.post(`/v1.0/users/${stage.anna.id}/revokeSignInSessions`)).status < 300)
    await button(page, 'Next').click()
    await stage.signIn(page)
    await page.waitForURL(/add=phone/)
    assert.equal(await field(page).inputValue(), '06 12345678')
    await button(page, 'Next').click()
    await code(page).waitFor()
  })

  test('who signed in a while ago proves themselves anew, and is back in the dialog', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    const headers = { 'www-authenticate': 'DPoP error="insufficient_user_authentication", max_age="0"' }
    await page.route('**/phoneNumbers', (route) => route.fulfill({ status: 401, headers, json: {} }), { times: 1 })
    await begin(page)
    await stage.signIn(page)
    await page.waitForURL(/add=phone/)
    assert.equal(await field(page).inputValue(), '06 12345678')
    await button(page, 'Next').click()
    await code(page).waitFor()
  })

  test('what policy takes away meanwhile is said where it was, and the list is as it now is', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await stage.forbid('sms')
    await begin(page)
    await page.getByRole('dialog').getByText('Your organisation does not allow this.', { exact: false }).waitFor()
    await showsNothingWrong(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await button(page, 'Add method').click()
    await page.getByRole('dialog').getByText('Phone', { exact: true }).first().waitFor()
  })

  test('while the server is down what was typed stays, and trying again goes on', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    await page.route('**/sesam/v1/me/phoneNumbers', (route) => route.abort())
    await begin(page)
    await page.getByRole('alert').getByText('We can’t reach the server right now.', { exact: false }).waitFor()
    assert.equal(await field(page).inputValue(), '06 12345678')
    await showsNothingWrong(page)
    await page.unroute('**/sesam/v1/me/phoneNumbers')
    await button(page, 'Try again').click()
    await code(page).waitFor()
  })

  test('who tries too many numbers is told until when to wait', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open('add=phone')
    for (const last of [1, 2, 3]) {
      await begin(page, `061234567${last}`)
      await button(page, 'Another number').click()
    }
    await begin(page, '0612345674')
    await page
      .getByRole('alert')
      .getByText(/You tried many new numbers in a short time\..* Try again after .+\./)
      .waitFor()
    await showsNothingWrong(page)
  })

  test('a number deleted in another window is no error here', async () => {
    await using stage = await startSecurityInfo()
    await stage.world.number(stage.anna, number, { signIn: false })
    await using page = await stage.open()
    await button(page, /^Delete .*612345678/).click()
    await page.getByRole('alertdialog').waitFor()
    await stage.world.system.inTransaction(({ phones }) => phones.remove(stage.anna.id, 'mobile'))
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await methodsOf(page).getByText(shown).waitFor({ state: 'detached' })
  })
})
