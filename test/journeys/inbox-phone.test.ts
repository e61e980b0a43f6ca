import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { Calling } from '#test/calling.ts'
import { freePort } from '#test/postgres-server.ts'
import { databases, startWorld } from '#test/world.ts'

const [database] = databases

test('the phone of an evaluation rings, is answered by keyboard, and its keys are pressed', { skip: noBrowser }, async () => {
  assert.ok(database)
  const port = await freePort()
  await using world = await startWorld(database, { publicUrl: `http://localhost:${port}` })
  await world.app.listen({ host: '127.0.0.1', port })
  const anna = await world.person('anna')
  await using page = await newPage({ locale: 'nl', width: 320, colourScheme: 'dark' })
  await page.goto(`${world.publicUrl}/inbox`)
  await page.getByText('Nog geen').waitFor()

  const calling = await new Calling(world, anna.id).start()
  const call = page.locator('.call')
  await call.getByText('Inkomend gesprek', { exact: true }).waitFor()
  assert.match(await page.getByRole('status').innerText(), /Inkomend gesprek \+31612345678/)
  assert.deepEqual(await axeViolations(page), [])
  await call.getByRole('button', { name: 'Opnemen' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-key="1"]:focus').waitFor()
  assert.deepEqual(await axeViolations(page), [])
  assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 320)
  const words = await call.locator('.words li').allInnerTexts()
  assert.equal(words.length, 9)
  assert.equal(await call.locator('.words li').first().getAttribute('lang'), 'en-GB')

  await page.keyboard.press(await calling.wrongDigit())
  await call.getByRole('button', { name: 'Hekje' }).click()
  await call.getByText('That is not the digit on your screen.').waitFor()
  await page.keyboard.press(await calling.digit())
  await page.keyboard.press('#')
  await call.getByText('Gesprek beëindigd', { exact: true }).waitFor()
  assert.equal(await calling.state(), 'passed')
  assert.deepEqual(await axeViolations(page), [])
  assert.deepEqual(complaintsOf(page), [])
  world.app.server.closeAllConnections()
})
