import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failedSignIn, signIn } from '#server/features/sign-in-log/sign-ins.fixture.ts'
import { startAccount } from '#test/account-stage.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'

describe('recent activity', { skip: noBrowser }, () => {
  test('tells each sign-in in a sentence, and why one did not work', async () => {
    await using stage = await startAccount()
    await failedSignIn(stage.world, stage.person)
    await using page = await stage.open('/account/activity')
    const rows = page.locator('main').getByRole('listitem')
    await rows.filter({ hasText: 'Signed in to My Account with a code by text' }).getByText('This device').waitFor()
    const failed = rows.filter({ hasText: 'Sign-in to Rota didn’t work' })
    await failed.getByText('The code or password was wrong.').first().waitFor()
    await failed.getByText('Chrome on Android').waitFor()
    await failed.getByRole('button', { name: 'Details' }).click()
    for (const words of ['203.0.113.7', 'Chrome 142 on Android', 'Rota']) await failed.getByText(words, { exact: true }).waitFor()
    assert.deepEqual(complaintsOf(page), [])
  })

  test('shows older ones when asked, each once, under their days', async () => {
    await using stage = await startAccount()
    const { world, person } = stage
    world.turnClock(-3 * 86_400_000)
    for (let count = 0; count < 23; count++) {
      await signIn(world, person, { appDisplayName: `Rota ${count}` })
      world.turnClock(60_000)
    }
    world.turnClock(3 * 86_400_000 - 23 * 60_000)
    await using page = await stage.open('/account/activity')
    const rows = page.locator('main').getByText(/^Signed in to /)
    assert.equal(await rows.count(), 20)
    await page.getByRole('button', { name: 'Show older' }).click()
    await page.getByText('Signed in to Rota 0 with').waitFor()
    assert.equal(await rows.count(), 24)
    assert.equal(await page.getByRole('button', { name: 'Show older' }).count(), 0)
    assert.equal(await page.locator('main h2').first().textContent(), 'Today')
  })

  test('“this wasn’t me” says what will happen, signs everybody else out, and says what to do next', async () => {
    await using stage = await startAccount()
    await using stranger = await stage.open('/account/devices')
    await using page = await stage.open('/account/activity')
    const strange = page.getByRole('listitem').filter({ hasText: 'Signed in to' }).filter({ hasNotText: 'This device' })
    await strange.getByRole('button', { name: 'This wasn’t me' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('is signed out, on every other device').waitFor()
    // A reload leads to the same question.
    await page.reload()
    await dialog.getByRole('button', { name: 'This wasn’t me' }).click()
    await dialog.getByText('We signed you out on one other device.').waitFor()
    const next = dialog.getByRole('link', { name: 'Look at your security info' })
    assert.equal(await next.getAttribute('href'), '/account/security-info')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await strange.getByText('Reported by you').waitFor()
    assert.equal(await page.getByRole('button', { name: 'This wasn’t me' }).count(), 0)

    await stranger.getByRole('navigation').getByRole('link', { name: 'Recent activity' }).click()
    await stranger.waitForURL(/\/sign-in\//)
    assert.deepEqual(await stage.world.auditTrail().then((trail) => trail.filter((activity) => activity.startsWith('Suspicious'))), [
      'Suspicious activity reported',
    ])
  })
})
