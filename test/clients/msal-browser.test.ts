import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { databases } from '#test/databases.ts'
import { registerApp } from '#test/visitor.ts'
import { startEvaluation } from './evaluation.ts'
import { type Listening, type Newcomer, startListening } from './listening.ts'
import { type SinglePageApp, startSinglePageApp } from './single-page-app.ts'

const [sqlite] = databases
assert.ok(sqlite)

/** What the library answered, as far as these stories look at it. */
interface Answer {
  account: { localAccountId: string; username: string; homeAccountId: string }
  accessToken: string
  fromCache: boolean
}

const notStaying = 'button[name=stay][value=no]'

type House = Pick<Listening, 'url' | 'authority' | 'codeTo'>

/** The app's page, started as its author would; what came back in the address is read there. */
async function openApp(page: Page, { url, authority }: House, app: SinglePageApp, appId: string): Promise<Answer | null> {
  const settings = {
    auth: { clientId: appId, authority, knownAuthorities: [new URL(url).host], redirectUri: `${app.url}/` },
    cache: { cacheLocation: 'sessionStorage' },
  }
  if (!page.url().startsWith(app.url)) await page.goto(`${app.url}/`)
  return page.evaluate(`start(${JSON.stringify(settings)})`)
}

/** The pages of the house, as a person with a phone in their hand goes through them. */
async function signInOn(page: Page, here: House, { number }: Pick<Newcomer, 'number'>): Promise<void> {
  await page.fill('#identifier', number)
  await page.click('button[value=next]')
  await page.waitForSelector('#code')
  const code = await here.codeTo(number)
  // The sixth digit sends it by itself.
  await page.locator('#code').pressSequentially(code)
  await page.waitForSelector(notStaying)
  // Pressed a moment later: where this leads may close the window, and with it whatever still waits there.
  await page.evaluate(`void setTimeout(() => document.querySelector('${notStaying}').click())`)
}

/** What becomes of signing in without a word, where it cannot be done. */
function silently(app: SinglePageApp): string {
  return `client.ssoSilent({ scopes: ['User.Read'], redirectUri: '${app.url}/bridge' }).catch(({ name, errorCode }) => [name, errorCode])`
}

describe('msal-browser in a real browser', { skip: noBrowser }, () => {
  test('signs in by phone, refreshes, signs in silently and out again', async () => {
    await using here = await startListening(sqlite)
    await using app = await startSinglePageApp()
    const { appId } = await registerApp(here.world, { redirectUris: app.redirectUris })
    const person = await here.newcomer()
    await using page = await newPage()

    assert.equal(await openApp(page, here, app, appId), null)
    await page.evaluate(`void client.loginRedirect({ scopes: ['User.Read'] })`)
    await page.waitForURL(`${here.url}/**`)
    await signInOn(page, here, person)
    await page.waitForURL(`${app.url}/**`)
    const first = (await openApp(page, here, app, appId)) ?? assert.fail('no answer came back')
    assert.equal(first.account.localAccountId, person.id)
    assert.equal(first.account.homeAccountId, `${person.id}.${here.world.tenantId}`)

    const ask = (call: string): Promise<Answer> => page.evaluate(`client.setActiveAccount(client.getAllAccounts()[0]), client.${call}`)
    assert.equal((await ask(`acquireTokenSilent({ scopes: ['User.Read'] })`)).fromCache, true)
    const refreshed = await ask(`acquireTokenSilent({ scopes: ['User.Read'], forceRefresh: true })`)
    assert.equal(refreshed.fromCache, false)
    assert.notEqual(refreshed.accessToken, first.accessToken)
    assert.equal((await here.world.client(refreshed.accessToken).get('/v1.0/me')).body.id, person.id)

    const silent = await ask(`ssoSilent({ scopes: ['User.Read'], redirectUri: '${app.url}/bridge' })`)
    assert.equal(silent.account.localAccountId, person.id)
    assert.deepEqual(complaintsOf(page), [])

    await page.evaluate(`void client.logoutRedirect({ postLogoutRedirectUri: '${app.url}/' })`)
    await page.waitForURL(`${here.url}/**`)
    // Nothing shows that the app itself asks this, so the person is asked.
    await page.click('button[value=confirm]')
    await page.waitForURL(`${app.url}/**`)
    await openApp(page, here, app, appId)
    assert.equal(await page.evaluate('client.getAllAccounts().length'), 0)
    assert.deepEqual(await page.evaluate(silently(app)), ['InteractionRequiredAuthError', 'login_required'])
  })

  test('signs in in a window of its own, which closes by itself', async () => {
    await using here = await startListening(sqlite)
    await using app = await startSinglePageApp()
    const { appId } = await registerApp(here.world, { redirectUris: app.redirectUris })
    const person = await here.newcomer()
    await using page = await newPage()
    await openApp(page, here, app, appId)
    const opening = page.waitForEvent('popup')
    const signingIn: Promise<Answer> = page.evaluate(`client.loginPopup({ scopes: ['User.Read'], redirectUri: '${app.url}/bridge' })`)
    const popup = await opening
    await signInOn(popup, here, person)
    assert.equal((await signingIn).account.localAccountId, person.id)
    if (!popup.isClosed()) await popup.waitForEvent('close')
    assert.deepEqual(complaintsOf(page), [])
  })

  test('of another site is told at once that it has to ask, since no session comes with its hidden frame', async () => {
    await using here = await startListening(sqlite)
    await using app = await startSinglePageApp('127.0.0.1')
    const { appId } = await registerApp(here.world, { redirectUris: app.redirectUris })
    const person = await here.newcomer()
    await using page = await newPage()
    await openApp(page, here, app, appId)
    await page.evaluate(`void client.loginRedirect({ scopes: ['User.Read'] })`)
    await page.waitForURL(`${here.url}/**`)
    await signInOn(page, here, person)
    await page.waitForURL(`${app.url}/**`)
    const first = (await openApp(page, here, app, appId)) ?? assert.fail('no answer came back')
    assert.equal(first.account.localAccountId, person.id)
    assert.deepEqual(await page.evaluate(silently(app)), ['InteractionRequiredAuthError', 'login_required'])
  })

  test('signs in to an app that an administrator registered at an evaluation', async () => {
    await using here = await startEvaluation()
    await using app = await startSinglePageApp()
    const appId = await here.registerApp(app.redirectUris.spa)
    await using page = await newPage({ locale: 'nl' })
    await openApp(page, here, app, appId)
    await page.evaluate(`void client.loginRedirect({ scopes: ['User.Read'] })`)
    await page.waitForURL(`${here.url}/**`)
    assert.equal(await page.getAttribute('html', 'lang'), 'nl')
    await signInOn(page, here, here.anna)
    await page.waitForURL(`${app.url}/**`)
    const { account, accessToken } = (await openApp(page, here, app, appId)) ?? assert.fail('no answer came back')
    assert.equal(account.username, 'anna@contoso.example')
    assert.equal((await here.get('/v1.0/me', accessToken)).userPrincipalName, 'anna@contoso.example')
  })
})
