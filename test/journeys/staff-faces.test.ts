import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { type StaffStage, startStaff } from '#test/staff-stage.ts'

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'en', colourScheme: 'light', width: 390, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 1280, direction: 'ltr' },
  { locale: 'en', colourScheme: 'dark', width: 320, direction: 'rtl' },
] as const

function places({ anna, bo }: StaffStage): readonly [place: string, waitsFor: string][] {
  const [hers, his] = [anna, bo].map(({ id }) => `/staff/people/${id}`)
  return [
    ['/staff', '.big'],
    ['/staff?search=nobody-is-called-so', '.empty'],
    [`${hers}`, 'button.big'],
    [`${his}`, 'button.big'],
    [`${hers}?act=number`, '[role=dialog]'],
    [`${his}?act=number`, '[role=dialog]'],
    [`${hers}?act=remove-number`, '[role=dialog]'],
    [`${hers}?act=sms`, '[role=alertdialog]'],
    [`${hers}?act=password`, '[role=dialog]'],
    [`/staff/people/${bo.id.replaceAll(/\w/g, '0')}`, '.banner'],
  ]
}

async function fits(page: Page, place: string): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], place)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
  const small = await page.evaluate(
    `[...document.querySelectorAll('main button, main a.big, [role=dialog] button, [role=alertdialog] button, label.confirm')].filter((each) => {
      const { width, height } = each.getBoundingClientRect()
      return width > 1 && (width < 44 || height < 44)
    }).map((each) => each.outerHTML)`,
  )
  assert.deepEqual(small, [], `${place} has targets below 44 px`)
}

describe('every face of My Staff', { skip: noBrowser }, () => {
  for (const { direction, ...face } of faces) {
    test(`shows axe nothing wrong and fits: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startStaff({ locale: face.locale, hasSecond: true })
      await using page = await stage.open('/staff', face)
      await page.locator('button.big').first().waitFor()
      await fits(page, 'the first choice')
      await page.locator('button.big').nth(1).click()
      await page.addInitScript(`addEventListener('DOMContentLoaded', () => { document.documentElement.dir = '${direction}' })`)
      for (const [place, waitsFor] of places(stage)) {
        await stage.go(page, place)
        await page.locator(waitsFor).first().waitFor()
        await fits(page, place)
      }
      // What was refused, as a page that is not one's own, browsers write down by themselves.
      assert.deepEqual(
        complaintsOf(page).filter((each) => !each.includes('404')),
        [],
      )
    })

    test(`shows what comes after a press as well: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startStaff({ locale: face.locale })
      await using page = await stage.open(`/staff/people/${stage.anna.id}?act=remove-number`, face)
      await page.locator('[role=dialog] button[type=submit]').click()
      await page.locator('.digits').waitFor()
      await page.evaluate(`document.documentElement.dir = '${direction}'`)
      await fits(page, 'the three digits')
      await using theirs = await stage.openLink(face)
      await fits(theirs, 'the page behind the text')
      await stage.go(page, `/staff/people/${stage.bo.id}?act=password`)
      await page.locator('[role=dialog] .dialog-buttons button').click()
      await page.locator('.copy-secret').waitFor()
      await fits(page, 'the password')
      assert.deepEqual(complaintsOf(page), [])
    })
  }
})
