import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'
import { givePass } from '#test/pass-stage.ts'
import { button, type SecurityInfoStage, showsNothingWrong, startSecurityInfo } from '#test/security-info-stage.ts'

const rowsOf = (page: Page, name: string) => page.getByRole('list', { name })

async function stageWithPass(locale: 'en' | 'nl', wanted = {}) {
  const stage = await startSecurityInfo(locale)
  await stage.allow('temporary-access-pass')
  stage.world.system.reload()
  return { stage, secret: await givePass(stage.world, stage.anna, wanted) }
}

async function signInByPass(stage: SecurityInfoStage, page: Page, secret: string): Promise<void> {
  await stage.go(page)
  await page.waitForURL(/\/sign-in\//)
  await page.locator('#identifier').fill(stage.anna.userPrincipalName)
  await page.locator('[value=next]').click()
  await page.locator('#password').fill(secret.toUpperCase())
  await page.locator('#password').press('Enter')
  const stay = page.locator('[name=stay]').first()
  await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
  if (await stay.isVisible()) await page.locator('[name=stay][value=no]').click()
  await page.waitForURL(/\/account\/security-info/)
}

describe('a temporary access pass', { skip: noBrowser }, () => {
  test('lets its person in on a phone in their own language, and says there how long it works', async () => {
    const { stage, secret } = await stageWithPass('nl')
    await using _ = stage
    await using page = await newPage({ width: 390, height: 844, locale: 'nl' })
    await stage.go(page)
    await page.waitForURL(/\/sign-in\//)
    await page.locator('#identifier').fill(stage.anna.userPrincipalName)
    await page.locator('[value=next]').click()
    await page.getByRole('heading', { name: 'Je wachtwoord of tijdelijke toegangspas' }).waitFor()
    assert.deepEqual(await axeViolations(page), [])

    await signInByPass(stage, page, secret)
    const row = rowsOf(page, 'Je methoden').getByRole('listitem').filter({ hasText: 'Tijdelijke toegangspas' })
    await row.getByText('Werkt nu').waitFor()
    await row.getByText(/Werkt tot .+ · Tot dan zo vaak als je wilt/).waitFor()
    assert.equal(await page.getByText(secret).count(), 0)
    await showsNothingWrong(page)
    assert.deepEqual(complaintsOf(page), [])
  })

  test('is deleted by its person, whose page says what that ends and then no more of it', async () => {
    const { stage } = await stageWithPass('en', { isOnce: true })
    await using _ = stage
    await using page = await stage.open()
    const row = rowsOf(page, 'Your methods').getByRole('listitem').filter({ hasText: 'Temporary access pass' })
    await row.getByText(/For one sign-in/).waitFor()
    await button(page, 'Delete the temporary access pass').click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('Where you signed in with it, you are signed out.', { exact: false }).waitFor()
    await showsNothingWrong(page)
    await dialog.getByRole('button', { name: 'No' }).click()
    await dialog.waitFor({ state: 'detached' })
    await button(page, 'Delete the temporary access pass').press('Enter')
    await dialog.getByRole('button', { name: 'Yes' }).press('Enter')
    await page.getByRole('status').getByText('Your temporary access pass is deleted.').waitFor()
    await row.waitFor({ state: 'detached' })
    assert.equal(await stage.world.system.passes.ofUser(stage.anna.id), undefined)
    assert.deepEqual(complaintsOf(page), [])
  })

  test('that was used to come in takes its session along when it is deleted', async () => {
    const { stage, secret } = await stageWithPass('en')
    await using _ = stage
    await using page = await newPage({ width: 1280, height: 900 })
    await signInByPass(stage, page, secret)
    await button(page, 'Delete the temporary access pass').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await page.waitForURL(/\/sign-in\//)
    await page.locator('#identifier').waitFor()
  })
})
