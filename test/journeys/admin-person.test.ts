import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { settled } from '#test/account-stage.ts'
import { startAdmin } from '#test/admin-stage.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'

const number = '+31612345678'

describe('the pages of one person', { skip: noBrowser }, () => {
  test('seed 001: a number is set step by step, and the check mark says that it signs its person in', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale: 'en' })
    const { world } = stage
    const anna = await world.person('anna', { displayName: 'Contoso User' })
    await world.allow('sms')
    await using page = await stage.open('/admin/users')
    await page.getByRole('link', { name: 'Contoso User' }).click()
    await page.getByRole('main').getByRole('link', { name: 'Authentication methods' }).click()
    await page.getByRole('button', { name: 'Add authentication method' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /Choose method/ }).click()
    await page.getByRole('option', { name: 'Phone number' }).click()
    await dialog.getByRole('textbox', { name: 'Phone number' }).fill('4251234567')
    await dialog
      .getByText(/country code/i)
      .last()
      .waitFor()
    await dialog.getByRole('textbox', { name: 'Phone number' }).fill('+31 6 12345678')
    await dialog.getByText('Netherlands').waitFor()
    await dialog.getByRole('button', { name: /Phone type/ }).click()
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['Mobile', 'Alternate mobile', 'Other'])
    await page.getByRole('option', { name: 'Mobile', exact: true }).click()
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('SMS sign-in enabled').first().waitFor()
    await settled(page)
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.number, number)
    assert.deepEqual(complaintsOf(page), [])
  })
})
