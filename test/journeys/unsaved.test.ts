import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

describe('something that is not saved yet', { skip: noBrowser }, () => {
  test('is asked about before a link or the way back leaves it, and stays where somebody stays', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings')
    await page.locator('main').getByRole('link', { name: 'Branding' }).click()
    const note = page.locator('main textarea')
    await note.fill('Call 020 123 45 67')
    const asked = page.getByRole('alertdialog', { name: 'Leave without saving?' })
    const stay = asked.getByRole('button', { name: 'Stay' })

    await page.getByRole('navigation').getByRole('link', { name: 'Users' }).click()
    await asked.waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await stay.click()
    assert.equal(new URL(page.url()).pathname, '/admin/settings/branding')
    await page.goBack()
    await asked.waitFor()
    await stay.click()
    assert.equal(await note.inputValue(), 'Call 020 123 45 67')
    assert.equal(new URL(page.url()).pathname, '/admin/settings/branding')

    await page.goBack()
    await asked.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/admin/settings')
    await page.getByRole('navigation').getByRole('link', { name: 'Users' }).click()
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor()
    assert.deepEqual(complaintsOf(page), [])
  })
})
