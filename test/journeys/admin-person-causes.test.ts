import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import type { User } from '#server/domain/user.ts'
import { settled } from '#test/account-stage.ts'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

const number = '+31612345678'

const methodsOf = ({ id }: User) => `/admin/users/${id}/authentication-methods`

/** Alex administers authentication, or everything; Anna has nothing yet. */
async function begin(role: 'Authentication Administrator' | 'Global Administrator', locale: Locale = 'en') {
  const stage = await startAdmin({ app: 'admin', role, locale })
  const anna = await stage.world.person('anna', { displayName: 'Anna de Vries' })
  return { stage, anna, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}

/** The policy of texts is for this group only; the person who looks keeps their second factor. */
async function onlyFor({ world, person }: AdminStage, group: { id: string }): Promise<void> {
  const common = { isExcluded: false } as const
  await world.system.inTransaction(({ methodPolicies }) =>
    methodPolicies.set('sms', {
      isEnabled: true,
      settings: {},
      targets: [
        { kind: 'group', id: group.id, isUsableForSignIn: true, ...common },
        { kind: 'user', id: person.id, isUsableForSignIn: false, ...common },
      ],
    }),
  )
}

async function add(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add authentication method' }).click()
  await page.getByRole('button', { name: /Choose method/ }).click()
  await page.getByRole('option', { name: 'Phone number' }).click()
  await page.getByRole('textbox', { name: 'Phone number' }).fill(text)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
}

const isReady = (page: Page) => page.locator('main').getByText('SMS sign-in enabled', { exact: true }).waitFor()

describe('the five causes, each with what helps', { skip: noBrowser }, () => {
  test('S20 with the policy off the number is kept, and a press leads to the policy', async () => {
    await using on = await begin('Global Administrator')
    const { stage, anna } = on
    await using page = await stage.open(methodsOf(anna))
    await stage.world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set('sms', { isEnabled: false, settings: {}, targets: [] }),
    )
    await page.reload()
    await settled(page)
    await page.getByText('SMS sign-in is off', { exact: true }).waitFor()
    await add(page, number)
    await page.getByText('The number is added.').waitFor()
    assert.equal(await page.locator('main').getByText('SMS sign-in enabled', { exact: true }).count(), 0)
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('link', { name: 'Turn on the policy' }).click()
    await page.waitForURL(/\/admin\/security\/authentication-methods\/policies\/sms$/)
  })

  test('S21 a press adds the person to the group that the policy is for, and the number signs them in', async () => {
    await using on = await begin('Global Administrator')
    const { stage, anna } = on
    const group = await stage.world.group('Contoso SMS Users')
    await onlyFor(stage, group)
    await using page = await stage.open(methodsOf(anna))
    await page.getByText('The policy is not for this person').waitFor()
    await page.getByRole('button', { name: 'Add to Contoso SMS Users' }).click()
    await page.getByText('Added to Contoso SMS Users.').waitFor()
    await page.getByText('The policy is not for this person').waitFor({ state: 'detached' })
    await add(page, number)
    await isReady(page)
    assert.deepEqual(complaintsOf(page), [])
  })

  test('S22 a number without its country code is refused while it is typed, and at its field when it is sent', async () => {
    await using on = await begin('Authentication Administrator', 'en')
    const { stage, anna } = on
    await stage.world.allow('sms')
    await using page = await stage.open(methodsOf(anna))
    await add(page, '4251234567')
    const field = page.getByRole('textbox', { name: 'Phone number' })
    await page
      .locator('.error')
      .getByText(/country code|\+31/)
      .waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.deepEqual(await axeViolations(page), [])
    await field.fill('+1 4251234567')
    await page.getByText('United States').waitFor()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await isReady(page)
  })

  test('S23 a number in use says who has it and leads there; once it is free, one press makes it a user name', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, anna } = on
    const { world } = stage
    await world.allow('sms')
    const bob = await world.person('bob', { displayName: 'Bob Jansen' })
    await world.number(bob, number)
    await using page = await stage.open(methodsOf(anna))
    await add(page, number)
    await page.getByText('The number is in use').waitFor()
    await page.getByRole('link', { name: 'Open Bob Jansen' }).click()
    await page.getByRole('heading', { name: 'Bob Jansen', level: 1 }).waitFor()
    await settled(page)
    await page.getByRole('button', { name: /^Delete Mobile/ }).click()
    await page.getByText('It is the only way Bob Jansen has to sign in.').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nothing registered yet').waitFor()
    await stage.go(page, methodsOf(anna))
    await page.getByRole('button', { name: 'Enable SMS sign-in' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Enable SMS sign-in' }).click()
    await isReady(page)
  })

  test('S23 where a number is one person’s only, it is not kept, and who has it is told to whoever asks', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, anna } = on
    const { world } = stage
    await world.allow('sms')
    await world.system.inTransaction(async ({ settings }) => settings.set({ ...(await settings.get()), uniqueNumbers: 'tenantWide' }))
    await world.number(await world.person('bob', { displayName: 'Bob Jansen' }), number)
    await using page = await stage.open(methodsOf(anna))
    await add(page, number)
    await page.getByRole('button', { name: 'See whose it is' }).click()
    await page.getByRole('link', { name: 'Open Bob Jansen' }).waitFor()
    assert.deepEqual(await world.system.phones.ofUser(anna.id), [])
    assert.equal((await world.auditTrail()).at(-1), 'Look up phone number')
  })

  test('S24 a voice number is replaced in one press', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, anna } = on
    await stage.world.allow('sms')
    await stage.world.number(anna, '+31207942345', { signIn: false })
    await using page = await stage.open(methodsOf(anna))
    await page.getByText('A voice number is set').waitFor()
    await page.getByRole('button', { name: 'Replace the number' }).click()
    await page.getByRole('textbox', { name: 'Phone number' }).fill(number)
    await page.getByRole('button', { name: 'Save' }).click()
    await isReady(page)
  })

  test('who may not help reads which role can', async () => {
    await using on = await begin('Authentication Administrator')
    const { stage, anna } = on
    await onlyFor(stage, await stage.world.group('Contoso SMS Users'))
    await using page = await stage.open(methodsOf(anna))
    await page
      .getByText(/Authentication Policy Administrator/)
      .first()
      .waitFor()
    assert.equal(await page.getByRole('button', { name: /^Add to/ }).count(), 0)
  })
})
