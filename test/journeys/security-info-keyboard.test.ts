import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser } from '#test/browser.ts'
import { becomes, methodsOf, startSecurityInfo } from '#test/security-info-stage.ts'

/** Goes on until something with this name has the focus, as somebody does who cannot point. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 40; steps++) {
    const here = await page.evaluate<string>(
      `((one) => one.matches('body, [role]:not([role=radio])') ? '' : [one.getAttribute('aria-label'), one.innerText, one.name, one.value].join(' '))(document.activeElement)`,
    )
    if (name.test(here)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not lead to ${name}`)
}

test('a phone is added and asked about without a mouse, and the focus is never lost', { skip: noBrowser }, async () => {
  await using stage = await startSecurityInfo()
  await stage.allow('voice')
  await using page = await stage.open()
  const focused = () => page.evaluate<string>('document.activeElement.innerText')
  const closed = () => page.locator('[role=dialog], [role=alertdialog]').waitFor({ state: 'detached' })

  await tabTo(page, /Add method/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Add a method' }).waitFor()
  await page.keyboard.press('Escape')
  await closed()
  assert.match(await focused(), /Add method/)

  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Add a method' }).waitFor()
  await tabTo(page, /Phone/)
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Phone', exact: true }).waitFor()
  await page.keyboard.type('ph')
  await page.keyboard.press('Enter')
  await tabTo(page, /^\s*Add\s*$|^\s*Add /)
  await page.keyboard.press('Enter')
  await page.locator('[name=phoneNumber]:focus').waitFor()
  await page.keyboard.type('0612345678')
  await tabTo(page, /\bsms\b/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await tabTo(page, /^\s*Next/)
  await page.keyboard.press('Enter')
  await page.locator('[name=code]:focus').waitFor()
  await page.keyboard.type(await stage.codeFor('+31612345678'))
  await page.keyboard.press('Enter')
  await becomes(page, `document.activeElement.innerText.startsWith('SMS verified')`)
  await tabTo(page, /^\s*Done/)
  await page.keyboard.press('Enter')
  await closed()
  assert.match(await focused(), /Add method/)

  await tabTo(page, /Disable|More about/)
  await page.keyboard.press('Enter')
  await methodsOf(page).getByRole('button', { name: 'Disable' }).waitFor()
  await tabTo(page, /^\s*Disable/)
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').waitFor()
  assert.match(await focused(), /Cancel/)
  await page.keyboard.press('Escape')
  await closed()
  assert.match(await focused(), /Disable/)
})
