import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { becomes } from '#test/security-info-stage.ts'
import { type Specimen, startSpecimen } from '#test/specimen.ts'

const looks = [
  { colourScheme: 'light', width: 320, direction: 'ltr' },
  { colourScheme: 'dark', width: 320, direction: 'rtl' },
  { colourScheme: 'light', width: 1280, direction: 'rtl' },
  { colourScheme: 'dark', width: 1280, direction: 'ltr' },
] as const

/** Nothing is wider than the screen, and what can be pressed is big enough for a thumb (44 px, or a line of text; of a tick box it is the label). */
async function measure(page: Page, width: number): Promise<void> {
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
  const small = await page.evaluate(`[...document.querySelectorAll('button, input:not([type=radio], [type=checkbox]), .shell-nav a')]
    .filter((element) => element.checkVisibility() && !element.closest('[aria-hidden=true]') && element.getBoundingClientRect().width > 1)
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => element.outerHTML.slice(0, 120))`)
  assert.deepEqual(small, [])
}

describe('every part of the kit', { skip: noBrowser }, () => {
  let specimen: Specimen
  before(async () => {
    specimen = await startSpecimen()
  })
  after(() => specimen[Symbol.asyncDispose]())

  for (const { colourScheme, width, direction } of looks) {
    test(`in ${colourScheme}, ${width} px wide, ${direction}, without a barrier`, async () => {
      await using page = await newPage({ colourScheme, width })
      await specimen.open(page)
      const turn = () => page.evaluate(`document.documentElement.dir = '${direction}'`)
      await turn()
      assert.deepEqual(await axeViolations(page), [])
      await measure(page, width)
      await page.getByRole('button', { name: 'Say it' }).click()
      await page.getByRole('status').getByText('It is done').waitFor()
      assert.deepEqual(await axeViolations(page), [])

      await page.goto(`${specimen.url}/account/form?dialog=edit`)
      await page.getByRole('combobox', { name: 'Country' }).waitFor()
      await turn()
      assert.deepEqual(await axeViolations(page), [])
      await measure(page, width)
      await page.getByRole('button', { name: /^Choose one|Kind/ }).click()
      await page.getByRole('option', { name: 'Office' }).waitFor()
      assert.deepEqual(await axeViolations(page), [])
      await page.keyboard.press('Escape')
      await page.goto(`${specimen.url}/account/lists`)
      await page.locator('tbody tr').first().waitFor()
      await turn()
      assert.deepEqual(await axeViolations(page), [])
      await measure(page, width)
      await page.goto(`${specimen.url}/account/form?dialog=delete`)
      await page.getByRole('alertdialog').waitFor()
      assert.equal(await page.evaluate('document.activeElement.textContent'), 'Cancel')
      assert.deepEqual(await axeViolations(page), [])
      assert.deepEqual(complaintsOf(page), [])
    })
  }

  test('works by keyboard only', async () => {
    await using page = await newPage({ width: 1280 })
    await specimen.open(page)
    const focuses = (text: string) =>
      becomes(page, `(document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label')) === '${text}'`)
    await page.keyboard.press('Tab')
    await focuses('Skip to the content')
    await page.keyboard.press('Enter')
    await becomes(page, `document.activeElement.id === 'main'`)
    // Going to another page puts the focus on its heading.
    await page.getByRole('link', { name: 'Language' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'A form in a dialog' }).waitFor()
    await focuses('A form in a dialog')
    await page.keyboard.press('Tab')
    await focuses('Edit')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Edit' })
    await dialog.waitFor()
    await becomes(page, `document.querySelector('[role=dialog]').contains(document.activeElement)`)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await focuses('Edit')
    assert.equal(page.url(), `${specimen.url}/account/form`)
  })
})
