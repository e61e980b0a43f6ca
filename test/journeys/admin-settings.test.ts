import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { pretendProvider } from '#test/pretend-provider.ts'

const sections = ['sms', 'calls', 'mail', 'countries', 'sign-in', 'licences', 'staff', 'branding', 'organisation'] as const
const paths = ['/admin/settings', ...sections.map((section) => `/admin/settings/${section}`)]

const main = (page: Page) => page.locator('main')
const save = (page: Page) => main(page).getByRole('button', { name: 'Save', exact: true })

/** A React Aria select: its button carries the label and the value. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await main(page).getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

describe('the settings', { skip: noBrowser }, () => {
  test('set up a provider, tell a wrong secret in plain words, and a test text arrives', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using provider = await pretendProvider()
    await using page = await stage.open('/admin/settings/sms')
    await page.getByText('This is an evaluation: messages go to the inbox page').waitFor()
    await choose(page, 'Provider', 'Another one')
    await main(page).getByLabel('Address', { exact: true }).fill(provider.url)
    await main(page).getByLabel('Sender').fill('Contoso')
    await save(page).click()
    await main(page).getByText('Type the secret: the key or password that your provider gave you.').waitFor()
    await main(page).getByLabel('Secret', { exact: true }).fill('not-the-key')

    provider.answers.status = 401
    await main(page).getByRole('button', { name: 'Send me a test text' }).click()
    await page.getByRole('alert').getByText('It was not taken (status 401).').waitFor()
    await page.getByText('Check the user name and the secret').first().waitFor()
    provider.answers.status = 200
    await main(page).getByLabel('Secret', { exact: true }).fill('the-key')
    await save(page).click()
    await page.getByText('Saved. It counts from now on.').waitFor()
    await page.getByText('Your own provider is used.').waitFor()
    await page.getByText('It has not sent anything yet').waitFor()
    await main(page).getByRole('button', { name: 'Send me a test text' }).click()
    await page.getByText('Your provider took the text for').waitFor()
    await page.getByText('It worked last on').waitFor()
    const { headers, body } = provider.asked.at(-1) ?? assert.fail('nobody asked the provider')
    assert.equal(headers.authorization, 'Bearer the-key')
    assert.match(JSON.parse(body).text, /^Contoso: this is a test text/)
    assert.ok(!(await page.content()).includes('the-key'), 'the secret does not come back')

    await main(page).getByRole('button', { name: 'Stop using our own provider' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop using it' }).click()
    await page.getByText('This is an evaluation: messages go to the inbox page').waitFor()
    assert.deepEqual(
      complaintsOf(page).filter((said) => !said.includes('400')),
      [],
    )
  })

  test('a well-known provider fills in its own request, and an error behind the caret opens it', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings/sms')
    await choose(page, 'Provider', '46elks')
    await main(page).getByLabel('Secret', { exact: true }).fill('key')
    await main(page).getByRole('button', { name: 'How the request is written' }).click()
    assert.equal(await main(page).getByLabel('Address', { exact: true }).inputValue(), 'https://api.46elks.com/a1/sms')
    await main(page).getByLabel('User name', { exact: true }).fill('us')
    await main(page).getByLabel('Body', { exact: true }).fill('to={to}')
    await main(page).getByRole('button', { name: 'How the request is written' }).click()
    await save(page).click()
    await page.getByText('Nothing says yet where {text} goes.').waitFor()
    await page.locator('textarea[name="body"]:focus').waitFor()
  })

  test('the preview is the real page with the colour that is not saved, in light and dark and in each language', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings/branding')
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Sign in to Contoso' }).waitFor()
    await main(page).getByLabel('Colour', { exact: true }).fill('#00594f')
    await main(page).getByLabel('Sentence below the form').fill('Call 4321 <b>now</b>')
    await frame.getByText('Call 4321 <b>now</b>').waitFor()
    const background = (selector: string) =>
      page
        .frames()
        .at(-1)
        ?.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`)
    assert.equal(await background('form button'), 'rgb(0, 89, 79)')
    assert.equal((await stage.world.system.brandings.get()).colour, undefined, 'nothing is saved yet')

    await main(page).getByText('Dark', { exact: true }).click()
    await page.locator('iframe').waitFor()
    await frame.locator('html').first().waitFor()
    for (let tries = 0; (await background('body')) !== 'rgb(21, 18, 16)' && tries < 50; tries++) await page.waitForTimeout(50)
    assert.equal(await background('body'), 'rgb(21, 18, 16)')
    await choose(page, 'Language', 'Nederlands')
    await frame
      .getByText('Gebruikersnaam of telefoonnummer')
      .or(frame.getByRole('heading', { name: /Aanmelden/ }))
      .first()
      .waitFor()

    await save(page).click()
    await page.getByText('The next sign-in page looks like this').waitFor()
    assert.partialDeepStrictEqual(await stage.world.system.brandings.get(), { colour: '#00594f', note: 'Call 4321 <b>now</b>' })
    assert.deepEqual(complaintsOf(page), [])
  })

  test('whoever leaves with something unsaved is asked first, and a save is one request', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings/sign-in')
    const asked: string[] = []
    page.on('request', (request) => request.method() === 'PATCH' && asked.push(request.postData() ?? ''))
    await main(page).getByText('Have them begin with another method').click()
    await main(page).getByText('Never ask').click()
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Branding' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.waitFor()
    await dialog.getByRole('button').first().click()
    await save(page).click()
    await page.getByText('Saved. It counts from now on.').waitFor()
    assert.deepEqual(
      asked.map((body) => JSON.parse(body)),
      [{ afterSmsSignIn: 'deny', asksToStaySignedIn: false }],
    )
    await page.reload()
    assert.equal(
      await main(page)
        .getByRole('radio', { name: /Have them begin/ })
        .isChecked(),
      true,
    )
  })

  test('countries are found by typing and taken off by a press, and a day has its limit', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings/countries')
    await page.getByText('of 500 a day').waitFor()
    await page.getByRole('row', { name: /Netherlands/ }).waitFor()
    await main(page).getByText('Only these countries').first().click()
    await main(page).getByRole('combobox', { name: 'Add a country' }).pressSequentially('swed')
    await page.keyboard.press('Enter')
    await main(page).getByRole('list', { name: 'Countries chosen' }).getByText('Sweden').waitFor()
    await main(page).getByRole('button', { name: 'Take Netherlands off the list' }).click()
    await main(page).getByText('A limit of your own').click()
    await main(page).getByLabel('Texts a day', { exact: true }).fill('80')
    await save(page).click()
    await page.getByText('of 80 a day').waitFor()
    assert.partialDeepStrictEqual(await stage.world.system.settings.get(), { textCountries: ['SE'], textsADay: 80 })
  })

  test('the organisation gets another name, and every page wears it', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open('/admin/settings/organisation')
    await main(page).getByLabel('Name', { exact: true }).fill('Fabrikam')
    await main(page).getByLabel('Technical contacts').fill('it@fabrikam.example\nnobody')
    await save(page).click()
    await page.locator('textarea[name="technicalNotificationMails"][aria-invalid="true"]').waitFor()
    await main(page).getByLabel('Technical contacts').fill('it@fabrikam.example')
    await save(page).click()
    await page.getByText('Saved. It counts from now on.').waitFor()
    assert.partialDeepStrictEqual(await stage.world.system.organizations.get(), {
      displayName: 'Fabrikam',
      technicalMails: ['it@fabrikam.example'],
    })
  })

  test('who may not is told which role is missing, and a Global Reader looks', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'User Administrator' })
    await using page = await stage.open('/admin/settings/sms')
    await page.getByRole('alert').getByText('Global Administrator').first().waitFor()
    await stage.world.giveRole(stage.person.id, 'Global Reader')
    await stage.go(page, '/admin/settings/mail')
    await main(page).getByLabel('Mail server').fill('smtp.example.com')
    await main(page).getByLabel('Sender').fill('no-reply@example.com')
    await save(page).click()
    await page.getByRole('alert').getByText('Global Administrator').first().waitFor()
  })

  for (const colourScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on any of them, and nothing sticks out at 320 px, in ${colourScheme}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
      for (const width of [320, 390, 1280]) {
        await using page = await stage.open('/admin', { width, colourScheme })
        for (const path of paths) {
          await stage.go(page, path)
          if (width !== 390) assert.deepEqual(await axeViolations(page), [], `${path} at ${width}`)
          const isWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
          assert.equal(isWide, false, `${path} at ${width} scrolls sideways`)
        }
      }
    })
  }
})
