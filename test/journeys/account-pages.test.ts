import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { failedSignIn } from '#server/features/sign-in-log/sign-ins.fixture.ts'
import { settled, startAccount } from '#test/account-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

/** Addresses of pages and of the dialogs on them. */
async function places(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/account/activity`)
  await settled(page)
  await page
    .locator('main')
    .getByRole('button', { name: /wasn’t me|was ik niet|inte jag/ })
    .last()
    .click()
  const report = new URL(page.url())
  return [
    '/account',
    '/account/password',
    '/account/password?dialog=password',
    '/account/activity',
    report.pathname + report.search,
    '/account/devices',
    '/account/devices?end=others',
    '/account/devices?end=everywhere',
    '/account/organisations',
    '/account/language',
    '/account/nowhere',
  ]
}

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 1280, direction: 'ltr' },
  { locale: 'en', colourScheme: 'dark', width: 320, direction: 'rtl' },
] as const

describe('the pages of My Account', { skip: noBrowser }, () => {
  for (const { direction, ...face } of faces) {
    test(`show axe nothing wrong and fit: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startAccount(face.locale)
      await failedSignIn(stage.world, stage.person, { appDisplayName: 'Sjukvårdsförvaltningsorganisationssamarbetet' })
      await using page = await stage.open('/account', face)
      for (const place of await places(page, stage.url)) {
        await stage.go(page, place)
        await page.evaluate(`document.documentElement.dir = '${direction}'`)
        assert.deepEqual(await axeViolations(page), [], place)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }

  test('stand still where people want that, and keep their edges where colours are forced', async () => {
    await using stage = await startAccount()
    await failedSignIn(stage.world, stage.person)
    await using page = await stage.open()
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
    for (const place of await places(page, stage.url)) {
      await stage.go(page, place)
      assert.deepEqual(await axeViolations(page), [], place)
    }
    await stage.go(page, '/account')
    const moving = `[...document.querySelectorAll('main *')].filter((each) => parseFloat(getComputedStyle(each).transitionDuration) > 0.01).length`
    assert.equal(await page.evaluate(moving), 0)
  })

  test('speak another language at once, and so do the texts from then on', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/language')
    await page.evaluate('document.title = "the same page"; window.same = true')
    await page.getByRole('button', { name: 'Svenska' }).click()
    await page.getByRole('heading', { name: 'Ditt språk' }).waitFor()
    await page.getByText('Från och med nu på svenska').waitFor()
    assert.equal(await page.evaluate('window.same'), true, 'nothing was loaded anew')
    assert.equal(await page.getAttribute('html', 'lang'), 'sv')
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Svenska')
    assert.equal((await stage.world.system.users.find(stage.person.id))?.preferredLanguage, 'sv')
    await page.reload()
    await page.getByRole('heading', { name: 'Ditt språk' }).waitFor()
    await using phone = await stage.open('/account', { locale: 'nl' })
    await phone.getByRole('heading', { name: 'Hallo Anna' }).waitFor()
    const [newest] = stage.world.inbox.messages()
    assert.match(newest?.text ?? '', /är din kod|din .*kod/i)
  })

  test('write dates where the browser says nonsense about its languages', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/language')
    for (const [languages, written] of [
      [['en-US@posix', 'en-'], /^Saturday,? 7 /],
      [['en-US'], /^Saturday, [A-Z][a-z]+ 7, /],
    ] as const) {
      await page.addInitScript(
        `Object.defineProperty(navigator, 'languages', { configurable: true, get: () => ${JSON.stringify(languages)} })`,
      )
      await stage.go(page, '/account/devices')
      const exact = await page.locator('main time').first().getAttribute('title')
      assert.match(exact?.replace(/^[A-Z][a-z]+day/, 'Saturday').replace(/\b\d{1,2}\b/, '7') ?? '', written)
    }
  })

  test('change a language in words when that does not work', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/language')
    await page.route('**/v1.0/me', (route) => route.abort())
    await page.getByRole('button', { name: 'Nederlands' }).click()
    await page.getByRole('alert').getByText('We can’t reach the server').waitFor()
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
  })

  test('set a first password and change it, and say no in words at the field', async () => {
    await using stage = await startAccount()
    await using page = await stage.open('/account/password')
    const dialog = page.getByRole('dialog')
    const first = dialog.getByLabel('New password', { exact: true })
    await page.getByRole('button', { name: 'Set a password' }).click()
    await first.fill('password')
    await dialog.getByRole('button', { name: 'Set password' }).click()
    await dialog.locator('.field .error').waitFor()
    await first.fill('seven calm walrus lamps')
    await dialog.getByRole('button', { name: 'Set password' }).click()
    await page.getByText('Your password is set').waitFor()
    await using other = await stage.open('/account/devices')
    await page.evaluate('window.same = true')
    await page.getByRole('button', { name: 'Change password' }).click()
    const current = dialog.getByLabel('Current password', { exact: true })
    await current.fill('something else')
    await first.fill('eight loud walrus lamps')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    await dialog.locator('.field .error').getByText('The current password is not right').waitFor()
    await settled(page)
    assert.deepEqual(await axeViolations(page), [])
    await current.fill('seven calm walrus lamps')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed').waitFor()
    await other.reload()
    await other.waitForURL(/\/sign-in\//)
    await page.getByRole('navigation').getByRole('link', { name: 'Devices' }).click()
    await page.getByText('This device').waitFor()
    assert.equal(await page.evaluate('window.same'), true, 'nothing was loaded anew')
  })

  test('tell what the organisation sees and never sees, and lead to another organisation', async () => {
    await using stage = await startAccount()
    const { world } = stage
    const admin = await world.as('Global Administrator')
    await admin.patch(`/v1.0/organization/${world.tenantId}`, { technicalNotificationMails: ['help@contoso.example'] })
    await using page = await stage.open('/account/organisations')
    await page.getByText('It never gives your organisation access to your phone.').waitFor()
    assert.equal(await page.getByRole('link', { name: 'help@contoso.example' }).getAttribute('href'), 'mailto:help@contoso.example')
    await page.getByRole('button', { name: 'Sign in to another organisation' }).click()
    await page.waitForURL(/\/sign-in\//)
  })
})
