import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { signInOf } from '#test/log-story.ts'

/** Anna came in, Bram mistyped, somebody unknown tried; all of it at Rota. */
async function aMorning({ world }: AdminStage) {
  const anna = await world.person('anna', { displayName: '=Anna' })
  const bram = await world.person('bram', { displayName: 'Bram Visser' })
  const good = await signInOf(world, anna)
  const wrong = await signInOf(world, bram, { result: 50126, address: '198.51.100.9' })
  const stranger = await signInOf(world, undefined, { result: 50034 })
  return { anna, bram, good, wrong, stranger }
}

function rowsOf(page: Page) {
  return page.locator('tbody tr')
}

describe('the logs of the admin center', { skip: noBrowser }, () => {
  test('a link shares the filters of the sign-in log, and a chip takes one off', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Security Reader' })
    await aMorning(stage)
    await using page = await stage.open('/admin/sign-ins')
    await stage.go(page, '/admin/sign-ins?outcome=failure&address=198.51.100.9')
    await rowsOf(page).getByText('Bram Visser').waitFor()
    assert.equal(await rowsOf(page).count(), 1)
    await page.getByRole('button', { name: /Take off the filter.*198\.51\.100\.9/ }).click()
    await rowsOf(page).getByText('Somebody unknown').waitFor()
    assert.equal(await rowsOf(page).count(), 2)
    assert.equal(new URL(page.url()).searchParams.get('outcome'), 'failure')
    await page.locator('.chip', { hasText: 'Result' }).getByRole('button').click()
    await page.getByRole('option', { name: 'Signed in', exact: true }).click()
    await rowsOf(page).getByText('=Anna').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('outcome'), 'success')
    assert.deepEqual(complaintsOf(page), [])
  })

  test('days are chosen in a dialog, stand in the address, and a range that runs backwards is refused in words', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Security Reader' })
    const { world } = stage
    await signInOf(world, await world.person('eva', { displayName: 'Eva Smit' }), { daysAgo: 3 })
    await signInOf(world, await world.person('finn', { displayName: 'Finn Berg' }), { daysAgo: 9 })
    const dayOf = (daysAgo: number) => new Date(world.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
    await using page = await stage.open('/admin/sign-ins')
    await page.getByRole('button', { name: 'Choose days' }).click()
    await page.getByLabel('From', { exact: true }).fill(dayOf(8))
    await page.getByLabel('Up to and including').fill(dayOf(9))
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('This day is before the first one.').waitFor()
    await page.getByLabel('From', { exact: true }).fill(dayOf(4))
    await page.getByLabel('Up to and including').fill(dayOf(3))
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await rowsOf(page).getByText('Eva Smit').waitFor()
    assert.equal(await rowsOf(page).count(), 1)
    assert.equal(new URL(page.url()).search, `?from=${dayOf(4)}&to=${dayOf(3)}`)
    await stage.go(page, `/admin/sign-ins?to=${dayOf(5)}`)
    await rowsOf(page).getByText('Finn Berg').waitFor()
    assert.equal(await rowsOf(page).count(), 1)
  })

  test('a new sign-in appears by itself while the log is live, and in no other tab', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Security Reader' })
    const { bram } = await aMorning(stage)
    await using page = await stage.open('/admin/sign-ins')
    await stage.go(page, '/admin/sign-ins?outcome=failure')
    await rowsOf(page).getByText('Bram Visser').waitFor()
    await page.getByRole('button', { name: 'Live' }).click()
    await signInOf(stage.world, bram, { result: 50126, appDisplayName: 'Till' })
    await rowsOf(page).getByText('Till').waitFor({ timeout: 15_000 })
    assert.equal(await rowsOf(page).count(), 3)
    assert.equal(await page.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed'), 'true')
  })

  test('an attempt is told step by step, leads to what can be done, and what was typed is shown to who leaves their name', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    const { bram, wrong } = await aMorning(stage)
    await using page = await stage.open(`/admin/sign-ins/${wrong.id}`)
    const steps = page.getByRole('list', { name: 'Step by step' }).getByRole('listitem')
    assert.deepEqual(
      (await steps.allInnerTexts()).map((text) => text.split('\n')[0]),
      [
        'Somebody wanted to sign in to Rota and typed the number +XX X XXXXXX78.',
        'Text message: A code was sent.',
        'Text message: A wrong code was typed.',
        'Not signed in.',
      ],
    )
    await page.getByRole('link', { name: 'All sign-ins of this person' }).waitFor()
    await page.getByRole('button', { name: 'Show in full' }).click()
    assert.deepEqual(await axeViolations(page), [])
    const before = await stage.world.auditTrail()
    assert.ok(!before.includes('Reveal sign-in identifier'))
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('+31 6 12345678').waitFor()
    assert.equal((await stage.world.auditTrail()).at(-1), 'Reveal sign-in identifier')
    assert.equal(new URL(page.url()).search, '')

    // And that is found in the audit log at once, by whom it was about.
    await stage.go(page, `/admin/audit?target=${bram.id}`)
    await rowsOf(page).getByRole('link', { name: 'Reveal sign-in identifier' }).click()
    await page.getByRole('heading', { name: 'Reveal sign-in identifier' }).waitFor()
    assert.match(await page.locator('main').innerText(), /Alex Morgan/)
  })

  test('the log is kept as a file that a spreadsheet can open safely', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Security Reader' })
    await aMorning(stage)
    await using page = await stage.open('/admin/sign-ins')
    await stage.go(page, '/admin/sign-ins?outcome=success')
    await rowsOf(page).getByText('=Anna').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()])
    assert.equal(download.suggestedFilename(), 'sign-ins.csv')
    const text = await readFile(await download.path(), 'utf8')
    assert.match(text, /,'=Anna,/)
    assert.doesNotMatch(text, /Bram|12345678/)
    assert.ok((await stage.world.auditTrail()).includes('Export log'))
  })

  test('a change shows what was before and after, by the keyboard alone', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    const { bram } = await aMorning(stage)
    const admin = await stage.world.as('User Administrator')
    assert.equal((await admin.patch(`/v1.0/users/${bram.id}`, { department: 'Store 12' })).status, 204)
    await using page = await stage.open('/admin/audit')
    await page.getByRole('link', { name: 'Update user' }).focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: /What changed/ })
    await table.waitFor()
    assert.deepEqual(await table.locator('tbody').getByRole('cell').allInnerTexts(), ['nothing', 'Store 12'])
    assert.equal(await table.getByRole('rowheader').innerText(), 'department')
    assert.deepEqual(await axeViolations(page), [])
  })

  test('a change of the policy is taken back from its entry, and then the entry says why it cannot be taken back again', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    const deciding = await stage.world.as('Authentication Policy Administrator')
    const voice = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/voice'
    const type = '#microsoft.graph.voiceAuthenticationMethodConfiguration'
    assert.equal((await deciding.patch(voice, { '@odata.type': type, state: 'enabled' })).status, 204)
    const change = (await stage.world.auditEvents()).at(-1)
    await using page = await stage.open(`/admin/audit/${change?.id}`)
    await page.getByRole('button', { name: 'Undo this change' }).click()
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this change' }).click()
    await page.getByText(/was changed again later, by Alex Morgan/).waitFor()
    assert.equal((await deciding.get(voice)).body.state, 'disabled')
    await page.getByRole('link', { name: 'Open that change' }).click()
    await page.getByRole('button', { name: 'Undo this change' }).waitFor()
  })

  test('whoever lacks the role is told which one', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'User Administrator' })
    await using page = await stage.open('/admin/sign-ins')
    for (const place of ['/admin/sign-ins', '/admin/audit', '/admin/reports']) {
      await stage.go(page, place)
      await page
        .getByText(/Reports Reader/)
        .first()
        .waitFor()
    }
  })
})

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 390, direction: 'ltr' },
  { locale: 'en', colourScheme: 'dark', width: 1280, direction: 'rtl' },
] as const

describe('the pages of the logs', { skip: noBrowser }, () => {
  for (const { direction, ...face } of faces) {
    test(`show axe nothing wrong and fit: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale: face.locale })
      const { bram, stranger } = await aMorning(stage)
      await using page = await stage.open('/admin/sign-ins', face)
      const admin = await stage.world.as('User Administrator')
      await admin.patch(`/v1.0/users/${bram.id}`, { department: 'Store 12' })
      const change = (await stage.world.auditEvents()).at(-1)
      const places = [
        '/admin/sign-ins',
        `/admin/sign-ins?outcome=failure&period=week&person=${bram.id}`,
        '/admin/sign-ins?code=1',
        `/admin/sign-ins/${stranger.id}`,
        `/admin/sign-ins/${stranger.id}?reveal=identifier`,
        `/admin/audit?target=${bram.id}`,
        `/admin/audit/${change?.id}`,
      ]
      for (const place of places) {
        await stage.go(page, place)
        await page.evaluate(`document.documentElement.dir = '${direction}'`)
        assert.deepEqual(await axeViolations(page), [], place)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }
})
