import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { message } from '#server/locale.ts'
import { settled } from '#test/account-stage.ts'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { becomes } from '#test/security-info-stage.ts'

const policies = '/admin/security/authentication-methods/policies'
const smsPath = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
const sms = { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration' }

/** Bea signs in with her number and has nothing else, Carl has a password too. */
async function shop({ world }: AdminStage) {
  const people = await Promise.all(['Bea', 'Carl', 'Dewi'].map((name) => world.person(name.toLowerCase(), { displayName: name })))
  const [bea, carl] = people
  assert.ok(bea && carl)
  await world.number(bea, '+31612345601')
  await world.number(carl, '+31612345602')
  await world.password(carl, 'a long password of carl')
  return { bea, group: await world.group('Contoso SMS Users', { members: people }) }
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
const inDialog = (page: Page) => page.getByRole('dialog')
const stateOf = async ({ world }: AdminStage) => (await world.system.methodPolicies.find('sms')).isEnabled

async function looksRight(page: Page): Promise<void> {
  await settled(page)
  assert.deepEqual(await axeViolations(page), [])
  assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, 'wider than the screen')
}

describe('the policies page', { skip: noBrowser }, () => {
  test('before a policy is saved it shows who gains and who loses what; saved in one request, it is undone where it was saved', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    const { bea } = await shop(stage)
    await stage.world.allow('sms')
    const page = await stage.open(policies)
    await looksRight(page)
    await page.getByRole('link', { name: 'Text message' }).click()
    await looksRight(page)
    const written: string[] = []
    page.on('request', (request) => request.method() === 'PATCH' && written.push(request.url()))

    await page.getByText('No', { exact: true }).click()
    await save(page).click()
    await inDialog(page).getByText('Some people would have no other way to sign in.', { exact: false }).waitFor()
    await inDialog(page).getByRole('button', { name: '1 person would have no other way to sign in' }).click()
    await inDialog(page).getByRole('rowheader', { name: 'Bea' }).waitFor()
    await inDialog(page).getByText('2 of them have a number that is their user name today').waitFor()
    await inDialog(page).getByText('In scope: 0', { exact: false }).waitFor()
    await looksRight(page)
    await inDialog(page).getByRole('button', { name: 'Save' }).click()
    const saved = page.getByRole('status').filter({ hasText: 'It counts from the next sign-in on.' })
    await saved.waitFor()
    assert.equal(await stateOf(stage), false)
    assert.equal(written.length, 1)

    await saved.getByRole('button', { name: 'Undo' }).click()
    await saved.waitFor({ state: 'detached' })
    assert.equal(await stateOf(stage), true)
    assert.equal((await stage.world.system.methodPolicies.standingOf('sms', bea.id)).isUsableForSignIn, true)
    await page.getByText('On or off (set back)').waitFor()
    await looksRight(page)
    assert.deepEqual(complaintsOf(page), [])
  })

  test('a group is chosen with the keyboard only, for sign-in once it is ticked', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    const { group, bea } = await shop(stage)
    const page = await stage.open(`${policies}/sms`)
    const press = (...keys: string[]) =>
      keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
    await page.getByRole('radio', { name: 'All users' }).focus()
    await press('ArrowDown')
    await page.getByRole('button', { name: 'Add users or groups' }).focus()
    await press('Enter')
    await page.getByRole('combobox', { name: 'Users or groups' }).waitFor()
    // The dialog takes the focus once it stands.
    await settled(page)
    await page.getByRole('combobox', { name: 'Users or groups' }).focus()
    await becomes(page, "document.activeElement?.getAttribute('role') === 'combobox'")
    await page.keyboard.type('contoso')
    await page.getByRole('option', { name: /Contoso SMS Users/ }).waitFor()
    await press('ArrowDown', 'Enter')
    await inDialog(page).getByRole('button', { name: 'Select', exact: true }).focus()
    await press('Enter')
    const forSignIn = page.getByRole('checkbox', { name: 'Use for sign-in: Contoso SMS Users' })
    await forSignIn.focus()
    assert.equal(await forSignIn.isChecked(), false)
    await press('Space')
    await save(page).focus()
    await press('Enter')
    await inDialog(page).getByText('3 people can sign in with a text message from now on').waitFor()
    await inDialog(page).getByRole('button', { name: 'Save' }).focus()
    await press('Enter')
    await page.getByText('It counts from the next sign-in on.', { exact: true }).waitFor()
    const { targets } = await stage.world.system.methodPolicies.find('sms')
    assert.deepEqual(
      targets.map(({ id, isUsableForSignIn }) => ({ id, isUsableForSignIn })),
      [{ id: group.id, isUsableForSignIn: true }],
    )
    assert.equal((await stage.world.system.methodPolicies.standingOf('sms', bea.id)).isUsableForSignIn, true)
  })

  test('what somebody else saved meanwhile is not overwritten, and what they made of it is shown', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    await shop(stage)
    const page = await stage.open(`${policies}/Sms`)
    await page.getByRole('checkbox', { name: 'Registration required: All users' }).check()
    const other = await stage.world.as('Global Administrator')
    assert.equal((await other.patch(smsPath, { ...sms, state: 'disabled' })).status, 204)
    await save(page).click()
    await inDialog(page).getByRole('button', { name: 'Save' }).click()
    await inDialog(page).getByText('Somebody changed this after you opened it.', { exact: false }).waitFor()
    await looksRight(page)
    await page.getByRole('button', { name: 'Show what it is now' }).click()
    await page.getByRole('radio', { name: 'No', exact: true }).and(page.locator(':checked')).waitFor()
    assert.equal(await page.getByRole('checkbox', { name: 'Registration required: All users' }).isChecked(), false)
    assert.equal(await stateOf(stage), false)
  })

  test('what is not saved outlives a reload, and whoever goes away is asked', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    const page = await stage.open(`${policies}/Voice`)
    page.on('dialog', (dialog) => void dialog.accept())
    const office = page.getByRole('checkbox', { name: 'Office phones may be called' })
    await office.check()
    await page.reload()
    await settled(page)
    assert.equal(await office.isChecked(), true)
    await page.getByRole('navigation', { name: 'Admin center' }).getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('navigation', { name: 'Admin center' }).getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor()
    await stage.go(page, `${policies}/Voice`)
    assert.equal(await office.isChecked(), false)
  })

  test('who may only look sees the policy, and is told which role saving takes; who may not look is told too', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Reader' })
    await stage.world.giveRole(stage.person.id, 'User Administrator')
    const page = await stage.open(`${policies}/sms`)
    await page.getByText('No', { exact: true }).click()
    await save(page).click()
    const roles = 'This needs one of the roles: Authentication Policy Administrator, Global Administrator.'
    await inDialog(page).getByText(roles).waitFor()
    assert.equal(await inDialog(page).getByRole('button', { name: 'Save' }).isDisabled(), true)
    await looksRight(page)

    await using other = await startAdmin({ app: 'admin', role: 'User Administrator' })
    const refused = await other.open(policies)
    await refused.getByText('This needs one of the roles: Global Reader, Authentication Policy Administrator', { exact: false }).waitFor()
    await looksRight(refused)
  })

  test('what does not fit a method is refused in words, and nothing is saved', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    const page = await stage.open(`${policies}/TemporaryAccessPass`)
    await page.getByLabel('Usual life, in minutes').fill('600')
    await save(page).click()
    await inDialog(page).getByText('defaultLifetimeInMinutes', { exact: false }).waitFor()
    assert.equal(await inDialog(page).getByRole('button', { name: 'Save' }).isDisabled(), true)
    await inDialog(page).getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()
    assert.equal(await page.getByLabel('Usual life, in minutes').inputValue(), '60')
  })

  test('a missing licence shuts people out only after it was shown how many', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    await shop(stage)
    await stage.world.allow('sms')
    const page = await stage.open(`${policies}/sms`)
    await page.getByText('In scope: 4 · licensed: 0 · short: 4').waitFor()
    await page.getByRole('button', { name: 'What a missing licence means' }).click()
    await inDialog(page).getByText('No sign-in with a text message').click()
    await inDialog(page).getByText('4 people can no longer use this method').waitFor()
    await looksRight(page)
    await save(page).last().click()
    await inDialog(page).waitFor({ state: 'detached' })
    assert.equal(await stage.world.system.methodPolicies.licenceMode('sms'), 'enforce')
  })

  test('the registration campaign is set up for a group, and a method nobody can set up is refused in words', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator' })
    await shop(stage)
    const page = await stage.open(policies)
    await page.getByRole('link', { name: 'Set up the campaign' }).click()
    await page.getByText('Yes', { exact: true }).click()
    await save(page).click()
    await page.getByText('Fido2 is not available in this version of Sesam yet', { exact: false }).waitFor()
    await looksRight(page)
    await page.getByRole('button', { name: /Method to set up/ }).click()
    await page.getByRole('option', { name: 'E-mail' }).click()
    await page.getByRole('button', { name: /is asked again/ }).click()
    await page.getByRole('option', { name: 'after 3 days' }).click()
    await save(page).click()
    await page.getByText('The policy is saved').waitFor()
    const { settings } = await stage.world.system.methodPolicySettings.get()
    assert.partialDeepStrictEqual(settings.registrationEnforcement.authenticationMethodsRegistrationCampaign, {
      state: 'enabled',
      snoozeDurationInDays: 3,
      includeTargets: [{ id: 'all_users', targetedAuthenticationMethod: 'email' }],
    })
  })

  for (const [locale, width, colourScheme] of [
    ['nl', 320, 'light'],
    ['sv', 390, 'dark'],
    ['nl', 1280, 'dark'],
  ] as const) {
    test(`everything has its place at ${width} pixels, ${colourScheme}, in ${locale}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Authentication Policy Administrator', locale })
      await shop(stage)
      await stage.world.allow('sms')
      const page = await stage.open(policies, { locale, width, colourScheme })
      await looksRight(page)
      await stage.go(page, `${policies}/registration-campaign`)
      await looksRight(page)
      await stage.go(page, `${policies}/sms`)
      await looksRight(page)
      await page.getByText(message(locale, 'web.admin.policies.enable.no'), { exact: true }).click()
      await page.getByRole('button', { name: message(locale, 'web.admin.policies.save'), exact: true }).click()
      await inDialog(page)
        .getByRole('button', { name: message(locale, 'web.admin.policies.effect.losesOnlyWayIn.one', { count: '1' }) })
        .click()
      await inDialog(page).getByRole('rowheader', { name: 'Bea' }).waitFor()
      await looksRight(page)
    })
  }
})
