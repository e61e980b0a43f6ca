import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { User } from '#server/domain/user.ts'
import { settled } from '#test/account-stage.ts'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

const number = '+31612345678'
const methodsOf = ({ id }: User) => `/admin/users/${id}/authentication-methods`

async function begin(role: RoleName) {
  const stage = await startAdmin({ app: 'admin', role })
  const { world } = stage
  const anna = await world.person('anna', { displayName: 'Anna de Vries' })
  await world.allow('sms')
  await world.allow('voice', { usableForSignIn: false })
  await world.number(anna, number)
  return { stage, world, anna, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}

const ask = (page: Page) => page.getByRole('alertdialog')

async function press(page: Page, name: string, confirm = name): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await ask(page).getByRole('button', { name: confirm, exact: true }).click()
}

describe('what is done to one person', { skip: noBrowser }, () => {
  test('SMS sign-in goes off and on, the default moves, and a number is changed and deleted with the right warnings', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, world, anna } = on
    await using page = await stage.open(methodsOf(anna))
    await press(page, 'Disable SMS sign-in')
    await page.getByText('SMS sign-in is disabled.').waitFor()
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, false)
    await press(page, 'Enable SMS sign-in')
    await page.getByText('SMS sign-in is enabled.').waitFor()

    await page.getByRole('button', { name: 'Change default' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Default sign-in method/ })
      .click()
    await page.getByRole('option', { name: /^Call/ }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The default is changed.').waitFor()
    assert.equal((await world.system.methodChoices.ofUser(anna.id)).defaultMethod, 'voiceMobile')

    await page.getByRole('button', { name: /^Change Mobile/ }).click()
    await page.getByRole('textbox', { name: 'Phone number' }).fill('+31 6 87654321')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('+31 XXXXXXX21').first().waitFor()
    await page.getByRole('button', { name: /^Delete Mobile/ }).click()
    await ask(page).getByText('There is no undo').waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await ask(page).getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nothing registered yet').waitFor()
    assert.deepEqual(complaintsOf(page), [])
  })

  test('a password and a pass are shown once, and sessions, waits and registration are ended or asked for', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, world, anna } = on
    await world.allow('temporary-access-pass', { usableForSignIn: false })
    await using page = await stage.open(methodsOf(anna))
    await press(page, 'Reset password')
    const password = await page.locator('.copy-secret').innerText()
    assert.match(password, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    assert.deepEqual(await axeViolations(page), [])
    assert.ok(await world.system.passwords.verify(password, (await world.system.personPasswords.find(anna.id))?.hash))
    await page.getByRole('button', { name: 'Done' }).click()
    await page.reload()
    await settled(page)
    assert.equal(await page.getByText(password).count(), 0)

    await page.getByRole('button', { name: 'Add authentication method' }).click()
    await page.getByRole('button', { name: /Choose method/ }).click()
    await page.getByRole('option', { name: 'Temporary Access Pass' }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.locator('.copy-secret').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Valid', { exact: true }).waitFor()
    await press(page, 'Delete the pass', 'Delete')
    await page.getByText('The pass is deleted.').waitFor()

    await press(page, 'Revoke sessions')
    await page.getByText('Anna de Vries is signed out everywhere.').waitFor()
    await press(page, 'Let try again')
    await page.getByText('Anna de Vries can try again.').waitFor()
    await press(page, 'Require re-registration')
    await page.getByText('Asked to register again').waitFor()
    assert.ok(await world.system.reregistrations.requiredSince(anna.id))
    await press(page, 'Ask no more')
    await page.getByText('Asked to register again').waitFor({ state: 'detached' })
    assert.deepEqual(complaintsOf(page), [])
  })

  test('a profile is changed with errors at their fields, and what is not saved is asked about', async () => {
    await using on = await begin('User Administrator')
    const { stage, world, anna } = on
    await using page = await stage.open(`/admin/users/${anna.id}`)
    await page.getByRole('textbox', { name: 'Usage location' }).fill('Netherlands')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.error').first().waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Usage location' }).getAttribute('aria-invalid'), 'true')
    await page.getByRole('textbox', { name: 'Usage location' }).fill('NL')
    await page.getByRole('textbox', { name: 'Department' }).fill('Store 12')
    await page.getByRole('main').getByRole('link', { name: 'Groups' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: /stay/i }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    assert.partialDeepStrictEqual(await world.system.users.find(anna.id), { department: 'Store 12', usageLocation: 'NL' })
    await press(page, 'Disable account')
    await page.getByRole('main').getByText('Blocked', { exact: true }).waitFor()
    await press(page, 'Enable account')
    await page.getByRole('button', { name: 'Disable account' }).waitFor()
    await press(page, 'Delete user')
    await page.waitForURL(/\/admin\/users$/)
    assert.equal(await world.system.users.find(anna.id), undefined)
  })

  test('groups, roles and licences are given and taken, and the sign-ins are those of this person', async () => {
    await using on = await begin('Global Administrator')
    const { stage, world, anna } = on
    await world.group('Night shift')
    await using page = await stage.open(`/admin/users/${anna.id}/groups`)
    await page.getByRole('button', { name: 'Add to group' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Groups' }).fill('Night')
    await page.getByRole('option', { name: /Night shift/ }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('link', { name: 'Night shift' }).waitFor()
    await press(page, 'Remove from Night shift', 'Remove')
    await page.getByText('In no group').waitFor()

    await page.getByRole('main').getByRole('link', { name: 'Roles' }).click()
    await page.getByRole('button', { name: 'Give a role' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).fill('Reports')
    await page.getByRole('option', { name: 'Reports Reader', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give a role' }).click()
    await page.getByRole('link', { name: 'Reports Reader' }).waitFor()
    assert.deepEqual(await axeViolations(page), [])
    await press(page, 'Take back Reports Reader', 'Take back')
    await page.getByText('No role of their own').waitFor()

    await page.getByRole('main').getByRole('link', { name: 'Licences' }).click()
    await settled(page)
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('main').getByRole('link', { name: 'Sign-ins' }).click()
    await page.getByText('No sign-ins yet').waitFor()
    await stage.go(page, `/admin/users/${stage.person.id}/sign-ins`)
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    assert.deepEqual(await axeViolations(page), [])
    assert.deepEqual(complaintsOf(page), [])
  })

  test('whoever may not do something reads why and who could', async () => {
    await using on = await begin('Global Reader')
    const { stage, anna } = on
    await using page = await stage.open(methodsOf(anna))
    for (const name of [
      'Add authentication method',
      'Reset password',
      'Require re-registration',
      'Revoke sessions',
      'Disable SMS sign-in',
    ]) {
      await page.getByRole('button', { name, exact: true }).click()
      await page
        .getByRole('dialog')
        .getByText(/Administrator/)
        .waitFor()
      assert.deepEqual(await axeViolations(page), [])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await stage.go(page, `/admin/users/${anna.id}/profile`)
    await page.getByText('You can look at this profile, not change it').waitFor()
    await page
      .getByText(/User Administrator/)
      .first()
      .waitFor()
    await stage.go(page, '/admin/users/nobody')
    await page.getByRole('alert').waitFor()
  })

  test('a number is added by the keyboard alone', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, world, anna } = on
    await using page = await stage.open(methodsOf(anna))
    await page.getByRole('button', { name: 'Add authentication method' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('button', { name: /Choose method/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Phone number' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Phone number' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('+31 6 87654321')
    // The type that is free comes by itself.
    await page.keyboard.press('Enter')
    await page.getByText('The number is added.').waitFor()
    assert.equal((await world.system.phones.find(anna.id, 'alternateMobile'))?.number, '+31687654321')
  })
})
