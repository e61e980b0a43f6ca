import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startAccount } from '#test/account-stage.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'

const pages = [
  ['/account', 'Hello Anna'],
  ['/account/password', 'Password'],
  ['/account/activity', 'Recent activity'],
  ['/account/devices', 'Devices'],
  ['/account/organisations', 'Organisations'],
  ['/account/language', 'Your language'],
] as const

describe('the first page of My Account', { skip: noBrowser }, () => {
  test('greets, says what there is on every page, and leads to security info by the navigation and by a block of its own', async () => {
    await using stage = await startAccount()
    await using page = await stage.open()
    await page.getByRole('heading', { name: 'Hello Anna', level: 1 }).waitFor()
    await page.getByText(`Your account at Contoso: anna@${stage.world.domain}`).waitFor()
    const block = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'You have one way to show that it’s you' })
    assert.equal(await block.getByRole('link', { name: 'Manage security info' }).getAttribute('href'), '/account/security-info')
    const inNavigation = page.getByRole('navigation').getByRole('link', { name: 'Security info' })
    assert.equal(await inNavigation.getAttribute('href'), '/account/security-info')
    await block.getByRole('link', { name: 'Manage security info' }).click()
    await page.getByRole('heading', { name: 'Security info', level: 1 }).waitFor()
    await page.goBack()
    await block.getByRole('link', { name: 'Add a second one' }).click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    for (const words of ['Signed in on this device only', 'No password', 'Chrome on Linux · This device', 'English']) {
      await page.locator('main').getByText(words).first().waitFor()
    }
    assert.deepEqual(complaintsOf(page), [])
  })

  test('names the organisation on every page and in every title, and the title begins with the page', async () => {
    await using stage = await startAccount()
    await using page = await stage.open()
    for (const [path, title] of pages) {
      await stage.go(page, path)
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page.locator('header').getByText('Contoso').waitFor()
      assert.match(await page.title(), new RegExp(`^${title} · .+ · Contoso$`))
    }
    await stage.go(page, '/account/nowhere')
    await page.getByRole('heading', { name: 'There’s nothing here' }).waitFor()
    await page.locator('header').getByText('Contoso').waitFor()
  })

  test('is walked through with the keyboard only, and every page begins at its heading', async () => {
    await using stage = await startAccount()
    await using page = await stage.open()
    const focused = () => page.evaluate('document.activeElement.textContent')
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Skip to the content')
    for (const name of ['Security info', 'Password', 'Recent activity', 'Devices', 'Organisations', 'Language']) {
      await page.getByRole('navigation').getByRole('link', { name }).focus()
      await page.keyboard.press('Enter')
      await page.locator('main h1:focus').waitFor()
    }
    await page.goBack()
    await page.getByRole('heading', { name: 'Organisations', level: 1 }).waitFor()
    await stage.go(page, '/account')
    // From tile to tile, in the order one reads them.
    await page.locator('main').getByRole('link').first().focus()
    const walked: unknown[] = []
    for (let times = 0; times < 7; times++) {
      walked.push(await focused())
      await page.keyboard.press('Tab')
    }
    assert.deepEqual(walked.slice(1), ['Manage security info', 'Recent activity', 'Devices', 'Password', 'Organisations', 'Language'])
  })

  test('says it once when the server is down, and fills itself when it is back', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/language')
    let isDown = true
    await page.route('**/sesam/v1/**', (route) => (isDown ? route.abort() : route.fallback()))
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('We can’t reach the server').waitFor()
    assert.equal(await alert.count(), 1)
    isDown = false
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Signed in on this device only').waitFor()
    await alert.waitFor({ state: 'detached' })
  })

  test('comes back to the same page when the session is over', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/organisations')
    await stage.world.system.inTransaction(({ users }) => users.endSessions(stage.person.id, stage.world.now))
    await page.getByRole('navigation').getByRole('link', { name: 'Devices' }).click()
    await stage.signIn(page)
    await page.waitForURL(`${stage.url}/account/devices`)
    await page.getByText('This device').waitFor()
  })
})
