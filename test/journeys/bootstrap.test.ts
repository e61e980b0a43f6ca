import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '#test/account-stage.ts'
import { axeViolations, newPage } from '#test/browser.ts'
import { builtWeb } from '#test/built-web.ts'
import { freePort } from '#test/postgres-server.ts'
import { databases, startWorld } from '#test/world.ts'

const number = '+31612345691'
const password = 'zeven eenden langs de gracht'

test('the link of the terminal leads the first administrator into the admin center, by a phone and a password', async () => {
  const [database] = databases
  assert.ok(database)
  const publicUrl = `http://localhost:${await freePort()}`
  await using world = await startWorld(database, { startsAt: new Date(), publicUrl, webFiles: await builtWeb() })
  await world.app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
  const first = await world.person('first', { displayName: 'Alex Morgan' })
  await world.giveRole(first.id, 'Global Administrator')
  const secret = 'b'.repeat(43)
  const until = new Date(world.now.getTime() + 15 * 60_000)
  await world.system.inTransaction(({ bootstrapLinks }) => bootstrapLinks.add(secret, first.id, until))
  for (const { width, colourScheme } of [
    { width: 390, colourScheme: 'light' },
    { width: 1280, colourScheme: 'dark' },
  ] as const) {
    await using looking = await newPage({ width, height: 900, colourScheme })
    await looking.goto(`${publicUrl}/bootstrap/${world.tenantId}.${secret}?ui_locales=nl`)
    assert.deepEqual(await axeViolations(looking), [])
    assert.equal(await looking.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
  }
  await using page = await newPage({ width: 390, height: 900 })
  await page.goto(`${publicUrl}/bootstrap/${world.tenantId}.${secret}`)
  await page.getByLabel('Your password').fill(password)
  await page.getByLabel('The same password again').fill(password)
  await page.getByLabel('Your mobile number').fill('+31 6 12345691')
  await page.getByRole('button', { name: 'Text me a code' }).click()
  await page.locator('#code').waitFor()
  assert.deepEqual(await axeViolations(page), [])
  await page.locator('#code').fill(world.codeIn(await world.textTo(number)))
  await page.getByRole('button', { name: 'Become administrator' }).click()
  await page.waitForURL((url) => url.pathname === '/admin')
  await settled(page)
  assert.equal(await page.locator('main h1').isVisible(), true)
  world.app.server.closeAllConnections()
})
