import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '#test/account-stage.ts'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations } from '#test/browser.ts'

const policies = '/admin/security/authentication-methods/policies'

test('before a policy is saved it shows who gains and who loses what, and it is undone where it was saved', async () => {
  await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
  const { world } = stage
  const people = await Promise.all(['Bea', 'Carl', 'Dewi'].map((name) => world.person(name.toLowerCase(), { displayName: name })))
  await world.group('Contoso SMS Users', { members: people })
  const page = await stage.open(policies)
  await page.getByRole('link', { name: 'Text message' }).click()
  await settled(page)
  assert.deepEqual(await axeViolations(page), [])
  await page.getByText('Select users').click()
  await page.getByRole('button', { name: 'Add users or groups' }).click()
  await page.getByRole('combobox', { name: 'Users or groups' }).fill('Contoso')
  await page.getByRole('option', { name: /Contoso SMS Users/ }).click()
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Use for sign-in: Contoso SMS Users' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: /can sign in with a text message from now on/ }).click()
  await page.getByRole('rowheader', { name: 'Bea' }).waitFor()
  await settled(page)
  assert.deepEqual(await axeViolations(page), [])
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('It counts from the next sign-in on.', { exact: true }).waitFor()
  await settled(page)
})
