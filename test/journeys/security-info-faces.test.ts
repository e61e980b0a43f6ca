import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import { complaintsOf, noBrowser } from '#test/browser.ts'
import { type SecurityInfoStage, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const steps = [
  '',
  'add=choose',
  'add=password',
  'change=phone',
  'change=alternatePhone',
  'change=officePhone',
  'change=email',
  'change=password',
  'default=choose',
  'done=phone&by=sms',
  'done=password&by=password',
  `enable=${phoneMethodIds.mobile}`,
  `disable=${phoneMethodIds.mobile}`,
  `delete=${phoneMethodIds.mobile}`,
  `delete=${phoneMethodIds.office}`,
]

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 1280, direction: 'ltr' },
  { locale: 'en', colourScheme: 'dark', width: 320, direction: 'rtl' },
] as const

/** Somebody with one of each, one of them out of use. */
async function fill(stage: SecurityInfoStage): Promise<void> {
  const { world, anna } = stage
  await world.number(anna, '+31612345678', { signIn: false })
  await world.number(anna, '+31687654321', { signIn: false, type: 'alternateMobile' })
  await world.number(anna, '+31201234567', { signIn: false, type: 'office' })
  await world.system.inTransaction(({ emailMethods }) =>
    emailMethods.add(
      {
        userId: anna.id,
        address: canonicalAddress('anna.van-de-weteringdwarsstraat@sjukvardsforvaltningen.example.com'),
        provenAt: world.now,
      },
      world.now,
    ),
  )
  await stage.allow('voice', 'email')
}

async function fits(page: Page, place: string): Promise<void> {
  await showsNothingWrong(page)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
  const small = await page.evaluate(
    `[...document.querySelectorAll('main button, [role=dialog] button, [role=alertdialog] button, input')].filter((each) => {
      const { width, height } = each.getBoundingClientRect()
      return width > 1 && (width < 44 || height < 44)
    }).map((each) => each.outerHTML)`,
  )
  assert.deepEqual(small, [], `${place} has targets below 44 px`)
}

describe('every face of the security info', { skip: noBrowser }, () => {
  for (const { direction, ...face } of faces) {
    test(`shows axe nothing wrong and fits: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startSecurityInfo(face.locale)
      await fill(stage)
      await using page = await stage.open('', face)
      await page.addInitScript(`addEventListener('DOMContentLoaded', () => { document.documentElement.dir = '${direction}' })`)
      for (const step of steps) {
        await stage.go(page, step)
        await page
          .locator(step ? '[role=dialog], [role=alertdialog]' : 'main .caret')
          .first()
          .waitFor()
        for (const caret of step ? [] : await page.locator('main .caret').all()) await caret.click()
        await fits(page, step)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }

  test('stands still where people want that, and keeps its edges where colours are forced', async () => {
    await using stage = await startSecurityInfo()
    await fill(stage)
    await using page = await stage.open()
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
    for (const step of ['', 'change=phone', `delete=${phoneMethodIds.office}`]) {
      await stage.go(page, step)
      await page
        .locator(step ? '[role=dialog], [role=alertdialog]' : 'main .caret')
        .first()
        .waitFor()
      await showsNothingWrong(page)
    }
  })
})
