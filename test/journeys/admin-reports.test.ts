import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { busyMonth, signInOf, textsTo } from '#test/log-story.ts'
import { becomes } from '#test/security-info-stage.ts'

async function aMonth({ world }: AdminStage) {
  const anna = await world.person('anna', { displayName: 'Anna de Vries' })
  const bram = await world.person('bram', { displayName: 'Bram Visser' })
  const cees = await world.person('cees', { displayName: 'Cees Bakker' })
  await world.number(anna, '+31612345670')
  await busyMonth(world, [anna, bram, cees])
  await textsTo(world, anna, '+31612345670', { codes: 4, answered: 3 })
  await textsTo(world, anna, '+46701234567', { codes: 2, answered: 0 })
  return { anna }
}

describe('the reports of the admin center', { skip: noBrowser }, () => {
  test('a chart is read with the arrow keys, and its table and its file say the same', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Reports Reader' })
    await aMonth(stage)
    await using page = await stage.open('/admin/reports')
    const days = page.getByRole('listbox', { name: 'Sign-ins by result' }).getByRole('option')
    await days.first().waitFor()
    assert.equal(await days.count(), 30)
    await days.last().focus()
    await page.keyboard.press('ArrowLeft')
    const yesterday = await page.locator(':focus').getAttribute('aria-label')
    assert.match(yesterday ?? '', /: Signed in 9, Not signed in 1, Not finished 0$/)
    await page.keyboard.press('Home')
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), await days.first().getAttribute('aria-label'))

    const shown = page
      .locator('.report')
      .first()
      .getByRole('link', { name: /^Sign-in log/ })
    assert.match((await shown.getAttribute('href')) ?? '', /^\/admin\/sign-ins\?from=(\d{4}-\d\d-\d\d)&to=\1$/)
    await page.getByRole('button', { name: 'Show as a table: Sign-ins by result' }).click()
    const second = page.getByRole('table', { name: 'Sign-ins by result' }).locator('tbody tr').nth(1)
    assert.deepEqual(await second.getByRole('cell').allInnerTexts(), ['9', '1', '0'])

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV: Sign-ins by result' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    assert.match(text, /^moment,method,outcome,count\r\n/)
    assert.match(text, /,Password,success,3\r\n/)
    assert.ok((await stage.world.auditTrail()).includes('Export report'))
    assert.deepEqual(complaintsOf(page), [])
  })

  test('the period stands in the address, and what happens meanwhile appears without a flicker', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Reports Reader' })
    const { anna } = await aMonth(stage)
    await using page = await stage.open('/admin/reports?period=D7')
    const days = page.getByRole('listbox', { name: 'Sign-ins by result' }).getByRole('option')
    await days.first().waitFor()
    assert.equal(await days.count(), 7)
    const before = await days.last().getAttribute('aria-label')
    await signInOf(stage.world, anna, { result: 50126 })
    const vanished = page.locator('.report').first().locator('svg[role=group]').waitFor({ state: 'detached', timeout: 25_000 })
    const came = page
      .getByRole('option', { name: /Not signed in 3/ })
      .first()
      .waitFor({ timeout: 25_000 })
    assert.equal(
      await Promise.race([
        vanished.then(
          () => 'gone',
          () => 'stayed',
        ),
        came.then(() => 'came'),
      ]),
      'came',
      before ?? '',
    )
    await vanished.catch(() => {})
    await page.locator('.chip', { hasText: 'Period' }).getByRole('button').click()
    await page.getByRole('option', { name: '90 days' }).click()
    await page.waitForURL(/period=D90/)
    await becomes(page, `document.querySelectorAll('[role=listbox]')[0]?.children.length === 90`)
  })

  test('texts are told by country, and whom a text is the only way in for by name', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Reports Reader' })
    await aMonth(stage)
    await using page = await stage.open('/admin/reports')
    const countries = page.getByRole('list', { name: 'Codes by text message' }).getByRole('listitem')
    await countries.first().waitFor()
    // One more is of whoever looks, who came in by a text.
    assert.deepEqual(await countries.allInnerTexts(), ['Netherlands\n4 of 5 (80%)', 'Sweden\n0 of 2 (0%)'])
    const dependents = page.getByRole('table', { name: 'Who depends on texts' })
    await dependents.getByRole('link', { name: 'Anna de Vries' }).waitFor()
    assert.match(await dependents.innerText(), /X70/)
    assert.doesNotMatch(await dependents.innerText(), /12345670/)
  })

  for (const [locale, colourScheme, width, direction] of [
    ['nl', 'light', 320, 'ltr'],
    ['sv', 'dark', 390, 'ltr'],
    ['en', 'dark', 1280, 'rtl'],
  ] as const) {
    test(`axe finds nothing wrong and all fits: ${locale}, ${colourScheme}, ${width} px, ${direction}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale })
      await aMonth(stage)
      await using page = await stage.open('/admin/reports', { locale, colourScheme, width })
      for (const place of ['/admin/reports', '/admin/reports?period=D1', '/admin/reports?period=D90']) {
        await stage.go(page, place)
        await page.evaluate(`document.documentElement.dir = '${direction}'`)
        await page.getByRole('listbox').first().waitFor()
        assert.deepEqual(await axeViolations(page), [], place)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }
})
