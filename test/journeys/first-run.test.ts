import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

describe('the first run', { skip: noBrowser }, () => {
  test('the list leads to where each thing is done, ticks itself, and celebrates quietly', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    const { world } = stage
    await using page = await stage.open()
    const list = page.locator('.checklist')
    await list.getByRole('link', { name: 'Have a text arrive' }).waitFor()
    // Signing in sent a text: the gateway has shown that it works.
    await page.getByText(/^[12] of 6 done/).waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await list.getByRole('link', { name: 'Have a text arrive' }).click()
    await page.getByRole('heading', { name: 'SMS gateway', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Send me a test text' }).click()
    await page.getByText('is on the inbox page').waitFor()
    await stage.go(page, '/admin')
    await list.locator('.done').filter({ hasText: 'Have a text arrive' }).waitFor()

    await world.allow('sms')
    const group = await world.group('Shop')
    await world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set('sms', {
        isEnabled: true,
        settings: {},
        targets: [{ kind: 'group', id: group.id, isExcluded: false, isUsableForSignIn: true }],
      }),
    )
    await world.as('Global Administrator')
    await page.reload()
    await list.locator('.done').filter({ hasText: 'Name a second administrator' }).waitFor()
    await list.locator('.done').filter({ hasText: 'Let a first group sign in' }).waitFor()

    await page.getByRole('button', { name: 'Put this list away' }).click()
    await list.waitFor({ state: 'detached' })
    await stage.go(page, '/admin/settings')
    await page.getByRole('button', { name: 'Show the setup list again' }).click()
    await list.waitFor()
    assert.deepEqual(complaintsOf(page), [])
  })

  for (const [locale, list, step, button] of [
    ['nl', 'Aan de slag', 'Een sms laten aankomen', 'Stuur mij een test-sms'],
    ['sv', 'Kom i gång', 'Få fram ett SMS', 'Skicka ett test-SMS till mig'],
  ] as const) {
    test(`speaks the administrator's language, ${locale}, and so does the test text`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale })
      await using page = await stage.open('/admin', { locale })
      await page.getByRole('heading', { name: list }).waitFor()
      await page.locator('.checklist').getByRole('link', { name: step }).click()
      await page.getByRole('button', { name: button }).click()
      await page.locator('.banner.good').first().waitFor()
      const said = { nl: /Je sms-gateway werkt/, sv: /Din SMS-gateway fungerar/ }[locale]
      for (let tries = 0; !said.test(stage.world.inbox.messages()[0]?.text ?? '') && tries < 100; tries++) await page.waitForTimeout(50)
      assert.match(stage.world.inbox.messages()[0]?.text ?? '', said)
    })
  }

  test('is worked through with the keyboard alone', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open()
    await page.locator('.checklist').getByRole('link').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('main h1:focus').waitFor()
    const focused = () => page.evaluate('document.activeElement.textContent')
    for (let presses = 0; !String(await focused()).includes('Send me a test text') && presses < 40; presses++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('is on the inbox page').waitFor()
  })
})
