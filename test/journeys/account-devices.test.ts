import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startAccount } from '#test/account-stage.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'

const rows = (page: Page) => page.locator('main').getByRole('listitem')
const dialog = (page: Page) => page.getByRole('alertdialog')

/** The next thing this browser asks for is refused, and the way leads to the sign-in pages. */
async function isOut(page: Page): Promise<void> {
  const refused = page.waitForResponse((response) => response.url().includes('/sesam/v1/') && response.status() === 401)
  await page.getByRole('navigation').getByRole('link', { name: 'Recent activity' }).click()
  await refused
  await page.waitForURL(/\/sign-in\//)
}

describe('devices', { skip: noBrowser }, () => {
  test('one is signed out, and its next question is refused', async () => {
    await using stage = await startAccount()
    await using other = await stage.open('/account/language')
    await using page = await stage.open('/account/devices')
    assert.equal(await rows(page).count(), 2)
    await rows(page).first().getByText('This device').waitFor()
    await rows(page).last().getByRole('button', { name: 'Sign out Chrome on Linux' }).click()
    await dialog(page).getByText('has to sign in again').waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await rows(page).count(), 2, 'thought better of it')
    await rows(page).last().getByRole('button', { name: 'Sign out Chrome on Linux' }).click()
    await dialog(page).getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Chrome on Linux is signed out').waitFor()
    await rows(page).nth(1).waitFor({ state: 'detached' })
    assert.deepEqual(complaintsOf(page), [])
    await isOut(other)
  })

  test('all others are signed out, and this one stays', async () => {
    await using stage = await startAccount()
    await using one = await stage.open('/account/language')
    await using two = await stage.open('/account/password')
    await using page = await stage.open('/account/devices')
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await dialog(page).getByRole('button', { name: 'Sign out the others' }).click()
    await page.getByText('2 other devices are signed out').waitFor()
    await page.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' })
    assert.equal(await rows(page).count(), 1)
    await isOut(one)
    await isOut(two)
    await page.reload()
    await rows(page).first().getByText('This device').waitFor()
  })

  test('everywhere means here too', async () => {
    await using stage = await startAccount()
    await using other = await stage.open('/account/language')
    await using page = await stage.open('/account/devices')
    await page.getByRole('button', { name: 'Sign out everywhere, here too' }).click()
    await dialog(page).getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.waitForURL(`${stage.url}/account/signed-out`)
    await page.getByRole('heading', { name: 'You’re signed out' }).waitFor()
    await isOut(other)
    await page.goto(`${stage.url}/account`)
    await page.waitForURL(/\/sign-in\//)
  })
})
