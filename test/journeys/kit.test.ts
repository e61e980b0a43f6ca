import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { openAccount } from '#test/account-visit.ts'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { builtWeb } from '#test/built-web.ts'
import { startServer } from '#test/operator.ts'
import { startSpecimen } from '#test/specimen.ts'
import { newDirectory } from '#test/world.ts'

/** The API says no once, as it would, and then does what it does. */
async function refuseOnce(page: Page, path: string, method: string, refusal: { status: number; code: string; challenge?: string }) {
  let isOver = false
  await page.route(`**${path}`, async (route: Route) => {
    if (isOver || route.request().method() !== method) return route.fallback()
    isOver = true
    const { status, code, challenge } = refusal
    const error = { code: 'InvalidAuthenticationToken', message: 'No', details: [{ code, message: 'No' }] }
    await route.fulfill({ status, json: { error }, headers: { ...(challenge && { 'www-authenticate': challenge }) } })
  })
}

/** Requests to an address of the protocol from here on. */
function asked(page: Page, end: string): URL[] {
  const found: URL[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.endsWith(end)) found.push(url)
  })
  return found
}

const save = (page: Page) => page.getByRole('button', { name: 'Save' })
const language = (page: Page) => page.getByRole('textbox', { name: 'Language' })
const secondStep = (page: Page) => page.getByRole('heading', { name: 'Type the code' })

describe('a web app in a real browser', { skip: noBrowser }, () => {
  let server: Awaited<ReturnType<typeof startServer>>
  before(async () => {
    server = await startServer(['evaluate'], { DATA_DIR: join(newDirectory(), 'data') })
  })
  after(() => server.stop())

  test('signs in, survives a reload, and keeps nothing when the tab is closed', async () => {
    await using page = await newPage({ locale: 'nl' })
    const loaded = new Set<string>()
    page.on('response', (response) => {
      const name = /\/web\/(.+\.js)$/.exec(response.url())?.[1]
      if (name) loaded.add(name)
    })
    await openAccount(page, server.url, 'anna')
    const files = await builtWeb()
    const bytes = [...loaded].reduce((sum, name) => sum + (files.file(name)?.gzip?.length ?? 0), 0)
    assert.ok(bytes > 50_000 && bytes <= 150 * 1024, `the first load is ${bytes} bytes of packed scripts`)
    await page.getByText('anna@contoso.example').first().waitFor()
    await page.reload()
    await page.getByText('anna@contoso.example').first().waitFor()
    assert.equal(page.url(), `${server.url}/account`)
    const kept: string = await page.evaluate(
      'JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])',
    )
    assert.doesNotMatch(kept, /ey[\w-]+\.ey|refresh|verifier/)
    assert.deepEqual(complaintsOf(page), [])
  })

  test('renews its tokens once, however many requests find them over', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page)
    const tokens = asked(page, '/token')
    for (const path of ['/v1.0/me', '/v1.0/organization']) await refuseOnce(page, path, 'GET', { status: 401, code: 'token_expired' })
    await page.getByRole('link', { name: 'Language' }).click()
    await page.getByText('Language: ').waitFor()
    await page.getByText('Organisation: Contoso').waitFor()
    assert.equal(tokens.length, 1)
    assert.equal(page.url(), `${specimen.url}/account/form`)
  })

  test('asks for a fresh proof and is back in the very dialog, with what was typed', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page, '/account/form')
    await page.getByRole('button', { name: 'Edit' }).click()
    await language(page).fill('nl-NL')
    const challenge = 'DPoP error="insufficient_user_authentication", error_description="a fresh proof", max_age="0"'
    await refuseOnce(page, '/v1.0/me', 'PATCH', { status: 401, code: 'proof_too_old', challenge })
    const authorize = asked(page, '/authorize')
    await save(page).click()
    await page.waitForURL(/\/sign-in\//)
    assert.equal(authorize[0]?.searchParams.get('max_age'), '0')
    assert.equal(authorize[0]?.searchParams.get('login_hint'), `noor@${specimen.world.domain}`)
    await specimen.signIn(page)
    await page.waitForURL(`${specimen.url}/account/form?dialog=edit`)
    assert.equal(await language(page).inputValue(), 'nl-NL')
    await save(page).click()
    await secondStep(page).waitFor()
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Type the code')
    await page.getByText('Language: nl-NL').waitFor({ state: 'attached' })
  })

  test('goes on where it was when the session ended in the middle', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page, '/account/form?dialog=edit')
    await language(page).fill('sv-SE')
    await page.context().clearCookies()
    await specimen.endSessions()
    await save(page).click()
    await page.waitForURL(/\/sign-in\//)
    await specimen.signIn(page)
    await page.waitForURL(`${specimen.url}/account/form?dialog=edit`)
    assert.equal(await language(page).inputValue(), 'sv-SE')
    await save(page).click()
    await secondStep(page).waitFor()
    // What was sent is no draft any more.
    await page.reload()
    assert.equal(await language(page).inputValue(), '')
  })

  test('keeps what was typed when the server is down, and offers to try again', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page, '/account/form?dialog=edit')
    await language(page).fill('sv-SE')
    let isDown = true
    await page.route('**/v1.0/me', (route) => (isDown ? route.abort() : route.fallback()))
    await save(page).click()
    await page.getByRole('alert').getByText('We can’t reach the server').waitFor()
    assert.equal(await language(page).inputValue(), 'sv-SE')
    isDown = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await secondStep(page).waitFor()
  })

  test('shows errors at their field and puts the focus there', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page, '/account/form?dialog=edit')
    const focused = () => page.evaluate('document.activeElement.name')
    await save(page).click()
    await page.getByText('Please fill this in.').waitFor()
    assert.equal(await focused(), 'preferredLanguage')
    await language(page).fill('elvish')
    await save(page).click()
    await page.getByText('Nobody here speaks that.').waitFor()
    // The server's own no, in its own words, at the field whose name its property has.
    await language(page).fill('x'.repeat(300))
    await save(page).click()
    await page.locator('.field .error').waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(new URL(page.url()).search, '')
  })

  test('says why signing in did not work, and how to go on', async () => {
    await using page = await newPage()
    await page.route('**/oauth2/v2.0/authorize?*', (route) => {
      const { searchParams } = new URL(route.request().url())
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ error: 'access_denied', state: searchParams.get('state') ?? '' }).toString()
      return route.fulfill({ status: 302, headers: { location: back.href } })
    })
    await page.goto(`${server.url}/account/form`)
    await page.getByRole('heading', { name: 'Signing in didn’t work' }).waitFor()
    assert.equal(page.url(), `${server.url}/account/form`)
    assert.deepEqual(await axeViolations(page), [])
    await page.unroute('**/oauth2/v2.0/authorize?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForURL(/\/sign-in\//)
  })

  test('gives up when it is sent round in circles', async () => {
    await using page = await newPage()
    await page.route('**/oauth2/v2.0/authorize?*', (route) =>
      route.fulfill({ status: 302, headers: { location: `${server.url}/account/signed-in?code=x&state=nobodys` } }),
    )
    await page.goto(`${server.url}/account`)
    await page.getByRole('heading', { name: 'Signing in didn’t work' }).waitFor()
  })

  test('says what went wrong though nobody expected it, with a number for the helpdesk', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page, '/account/form')
    await page.getByText('Organisation: Contoso').waitFor()
    await page.getByRole('button', { name: 'Ask for too much' }).click()
    await page.getByRole('status').getByText('displayName').waitFor()
    await page.getByRole('button', { name: 'Make a mistake' }).click()
    await page.getByRole('heading', { name: 'This page stopped working' }).waitFor()
    await page.getByText(/Support number: [0-9a-f-]{36}/).waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('heading', { name: 'A form in a dialog' }).waitFor()
  })

  test('lets no other tab go on when one signs out', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen()
    await specimen.open(page)
    const other = await page.context().newPage()
    await other.goto(`${specimen.url}/account/form?dialog=edit`)
    await language(other).fill('nl-NL')
    await page.getByRole('button', { name: 'Signed in as' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${specimen.url}/account/signed-out`)
    await other.waitForURL(/\/sign-in\//)
    assert.equal(await other.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('draft')).length"), 0)
  })

  test('finds out which organisation somebody belongs to where nobody said', async () => {
    await using page = await newPage()
    await using specimen = await startSpecimen({ inFabrikam: true })
    await page.goto(`${specimen.url}/account/form`)
    await page.waitForURL(/\/sign-in\//)
    await page.getByText('Sesam').first().waitFor()
    await specimen.signIn(page)
    await page.waitForURL(`${specimen.url}/account/form`)
    await page.getByText('Organisation: Fabrikam').waitFor()
    assert.match((await page.locator('header').textContent()) ?? '', /Fabrikam/)
    // This browser has been told.
    await page.reload()
    await page.getByText('Organisation: Fabrikam').waitFor()
    assert.deepEqual(complaintsOf(page), [])
  })

  test('signs out where the session is, and stays out', async () => {
    await using page = await newPage()
    await openAccount(page, server.url, 'anna')
    await page.getByRole('button', { name: 'Signed in as Anna de Vries' }).click()
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${server.url}/account/signed-out`)
    await page.getByRole('heading', { name: 'You’re signed out' }).waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.waitForURL(/\/sign-in\//)
  })

  test('speaks another language at once, and after a reload too', async () => {
    await using page = await newPage({ locale: 'en' })
    await openAccount(page, server.url, 'noor')
    await page.getByRole('button', { name: 'Signed in as' }).click()
    await page.getByRole('button', { name: 'Svenska' }).click()
    await page.getByText('Logga ut').waitFor()
    assert.equal(await page.getAttribute('html', 'lang'), 'sv')
    await page.reload()
    await page.getByRole('heading', { name: /^Hej/ }).waitFor()
  })
})
