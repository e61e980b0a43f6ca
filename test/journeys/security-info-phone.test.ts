import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { complaintsOf, noBrowser } from '#test/browser.ts'
import { showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const number = '+31612345678'
const shown = '+31 612345678'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const methods = (page: Page) => page.getByRole('list', { name: 'Your methods' })

async function chooseToAdd(page: Page, kind: string): Promise<void> {
  await button(page, 'Add method').click()
  await dialog(page).getByRole('button', { name: 'Which method would you like to add?' }).click()
  await page.getByRole('option', { name: kind }).click()
  await button(page, 'Add').click()
}

describe('a phone of one’s own', { skip: noBrowser }, () => {
  test('S31, S32 is added by a text: method, number, code, and both words of success', async () => {
    await using stage = await startSecurityInfo()
    await using page = await stage.open()
    await chooseToAdd(page, 'Phone')
    await page.getByLabel('Phone number').fill('06 12345678')
    await showsNothingWrong(page)
    await button(page, 'Next').click()
    const code = page.getByLabel('Code of six digits')
    await code.waitFor()
    await showsNothingWrong(page)
    await code.fill(await stage.codeFor(number))
    await button(page, 'Next').click()
    await page.getByRole('heading', { name: 'SMS verified. Your phone was registered successfully.' }).waitFor()
    await showsNothingWrong(page)
    await button(page, 'Done').click()
    await methods(page).getByText(shown).waitFor()
    assert.equal(await page.getByText('SMS sign-in', { exact: true }).first().isVisible(), true)
    assert.equal(new URL(page.url()).search, '')
    assert.deepEqual(complaintsOf(page), [])
  })
})
