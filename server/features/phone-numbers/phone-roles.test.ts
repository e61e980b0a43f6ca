import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import { permissions } from '#server/domain/permissions.ts'
import type { RoleScope } from '#server/domain/roles.ts'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

// What the store says about roles is the same on both engines (role-safety.test.ts); here the question is who may do what to whom.
const [database = assert.fail('no database')] = databases
const { mobile, office } = phoneMethodIds

type Does = 'read' | 'write'

interface Operation {
  name: string
  does: Does
  ask(client: Client, path: string): Promise<TestAnswer>
}

/** Asked of somebody who has an office number only: whoever is let in changes nothing, and is told 400 or 404. */
const operations: readonly Operation[] = [
  { name: 'list', does: 'read', ask: (client, path) => client.get(`${path}/phoneMethods`) },
  { name: 'get', does: 'read', ask: (client, path) => client.get(`${path}/phoneMethods/${office}`) },
  { name: 'list methods', does: 'read', ask: (client, path) => client.get(`${path}/methods`) },
  { name: 'get preferences', does: 'read', ask: (client, path) => client.get(`${path}/signInPreferences`) },
  {
    name: 'create',
    does: 'write',
    ask: (client, path) => client.post(`${path}/phoneMethods`, { phoneType: 'alternateMobile', phoneNumber: '+31 687654321' }),
  },
  {
    name: 'update',
    does: 'write',
    ask: (client, path) => client.patch(`${path}/phoneMethods/${mobile}`, { phoneNumber: '+31 687654321' }),
  },
  { name: 'delete', does: 'write', ask: (client, path) => client.delete(`${path}/phoneMethods/${mobile}`) },
  { name: 'enable', does: 'write', ask: (client, path) => client.post(`${path}/phoneMethods/${mobile}/enableSmsSignIn`) },
  { name: 'disable', does: 'write', ask: (client, path) => client.post(`${path}/phoneMethods/${mobile}/disableSmsSignIn`) },
  { name: 'delete method', does: 'write', ask: (client, path) => client.delete(`${path}/methods/${office}`) },
  {
    name: 'choose default',
    does: 'write',
    ask: (client, path) => client.patch(`${path}/signInPreferences`, { userPreferredMethodForSecondaryAuthentication: 'oath' }),
  },
]

/** Whom an Authentication Administrator reaches beside those with no role: the column of the specification, said again. */
const reached: ReadonlySet<string> = new Set([
  'nothing',
  'Directory Readers',
  'Guest Inviter',
  'Message Center Reader',
  'Password Administrator',
  'Reports Reader',
  'User Experience Success Manager',
  'Usage Summary Reports Reader',
  'Authentication Administrator',
])

const roleNames = roleTemplates.map(({ displayName }) => displayName)
const targets = ['nothing', 'outside the unit', 'role-assignable group', 'restricted-unit role', ...roleNames] as const
type Target = (typeof targets)[number]

const powers = ['Global Reader', 'Authentication Administrator', 'Privileged Authentication Administrator', 'Global Administrator'] as const
type Power = (typeof powers)[number]

type Expected = { refused: string } | { shows: 'whole' | 'masked' } | 'let in'

function expected(actor: Power | 'an app' | 'over a unit', target: Target, does: Does): Expected {
  const holdsNothing = target === 'nothing' || target === 'outside the unit'
  switch (actor) {
    case 'Global Reader':
      return does === 'read' ? { shows: 'masked' } : { refused: 'role_missing' }
    case 'Authentication Administrator':
      if (does === 'read') return { shows: 'masked' }
      return holdsNothing || reached.has(target) ? 'let in' : { refused: 'target_protected' }
    case 'Privileged Authentication Administrator':
    case 'Global Administrator':
      return does === 'read' ? { shows: 'whole' } : 'let in'
    case 'an app':
      if (does === 'read') return { shows: holdsNothing ? 'whole' : 'masked' }
      return holdsNothing ? 'let in' : { refused: 'target_protected' }
    case 'over a unit':
      if (target === 'nothing') return does === 'read' ? { shows: 'whole' } : 'let in'
      return { refused: does === 'read' || target === 'outside the unit' ? 'target_out_of_reach' : 'target_protected' }
  }
}

describe('numbers, methods and preferences of others', () => {
  let world: World
  let unit: RoleScope
  const ids = new Map<Target, string>()

  before(async () => {
    world = await startWorld(database)
    const members = []
    for (const target of targets) {
      const person = await world.person(target.replaceAll(' ', '-'))
      ids.set(target, person.id)
      await world.number(person, '+31207942345', { type: 'office', signIn: false })
      if (target === 'role-assignable group') await world.group(target, { members: [person], isAssignableToRole: true })
      const role = roleNames.find((name) => name === target)
      if (role) await world.giveRole(person.id, role)
      if (target !== 'outside the unit') members.push(person)
    }
    const store = await world.unit('Store 12', { members })
    unit = { kind: 'unit', unitId: store.id }
    const board = await world.unit('Board', { isRestricted: true })
    await world.giveRole(ids.get('restricted-unit role') ?? '', 'Helpdesk Administrator', { kind: 'unit', unitId: board.id })
  })
  after(() => world[Symbol.asyncDispose]())

  /** What differs from what is expected, for every operation on every target. */
  async function differences(client: Client, actor: Parameters<typeof expected>[0], among: readonly Target[] = targets): Promise<string[]> {
    const wrong: string[] = []
    for (const target of among) {
      for (const { name, does, ask } of operations) {
        const answer = await ask(client, `/v1.0/users/${ids.get(target)}/authentication`)
        const seen = seenIn(answer)
        const should = expected(actor, target, does)
        const wanted =
          typeof should === 'string' ? should : 'refused' in should ? should.refused : name.includes('pref') ? 'let in' : should.shows
        if (seen !== wanted) wrong.push(`${actor}: ${name} of ${target} was ${seen}, not ${wanted}: ${answer.text.slice(0, 200)}`)
      }
    }
    return wrong
  }

  for (const role of powers) {
    test(`a ${role} does what the table says`, async () => assert.deepEqual(await differences(await world.as(role), role), []))
  }

  test('an administrator over a unit reaches its members without a role, and nobody else', async () => {
    const person = await world.person('unit-administrator')
    await world.giveRole(person.id, 'Privileged Authentication Administrator', unit)
    assert.deepEqual(await differences(await world.signedIn(person.id), 'over a unit'), [])
    const weaker = await world.person('weaker-unit-administrator')
    await world.giveRole(weaker.id, 'Authentication Administrator', unit)
    const client = await world.signedIn(weaker.id)
    const path = (target: Target) => `/v1.0/users/${ids.get(target)}/authentication/phoneMethods/${office}`
    assert.equal((await client.get(path('nothing'))).body.phoneNumber, '+31 XXXXXXX45')
    assert.equal((await client.get(path('outside the unit'))).status, 403)
    assert.equal((await client.get(path('Global Administrator'))).status, 403)
  })

  test('an app in its own name reaches people without a role, and of the others it sees the end of a number', async () => {
    assert.deepEqual(await differences(await appIn(world, ['UserAuthenticationMethod.ReadWrite.All']), 'an app'), [])
  })

  test('no other role opens anything, and neither does none', async () => {
    const wrong: string[] = []
    const others: (RoleName | undefined)[] = [undefined, ...roleNames.filter((name) => !powers.some((power) => power === name))]
    for (const role of others) {
      const client = await world.as(...(role ? [role] : []))
      for (const { name, ask } of operations) {
        const seen = seenIn(await ask(client, `/v1.0/users/${ids.get('nothing')}/authentication`))
        if (seen !== 'role_missing') wrong.push(`${role}: ${name}: ${seen}`)
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('everybody sees their own numbers whole, and changes them with no role, but adds none by Graph', async () => {
    const id = ids.get('nothing') ?? ''
    const own = await world.signedIn(id)
    for (const { name, does, ask } of operations.filter((each) => each.name !== 'update' && each.name !== 'create')) {
      const seen = seenIn(await ask(own, '/v1.0/me/authentication'))
      assert.equal(seen, does === 'read' && !name.includes('pref') ? 'whole' : 'let in', name)
    }
    const add = (client: Client) =>
      client.post('/v1.0/me/authentication/phoneMethods', { phoneType: 'alternateMobile', phoneNumber: '+31 687654321' })
    assert.equal(seenIn(await add(own)), 'role_missing')
    const administrator = ids.get('Authentication Administrator') ?? ''
    assert.equal(seenIn(await add(await world.signedIn(administrator))), 'let in')
    assert.equal(seenIn(await add(await world.signedIn(administrator, { methods: ['pwd'] }))), 'stronger_sign_in_needed')
    assert.equal(seenIn(await add(await world.signedIn(ids.get('Global Reader') ?? ''))), 'role_missing')
  })

  test('the small scopes for numbers open those doors, and no others', async () => {
    const { id } = await world.as('Global Administrator')
    const path = `/v1.0/users/${ids.get('nothing')}/authentication`
    const rows: [string, string, Does | undefined][] = [
      ['UserAuthMethod-Phone.Read', '/v1.0/me/authentication', 'read'],
      ['UserAuthMethod-Phone.ReadWrite', '/v1.0/me/authentication', 'write'],
      ['UserAuthMethod-Phone.Read.All', path, 'read'],
      ['UserAuthMethod-Phone.ReadWrite.All', path, 'write'],
      ['UserAuthMethod-Phone.Read', path, undefined],
      ['UserAuthMethod-Phone.ReadWrite', path, undefined],
    ]
    for (const [scope, at, opens] of rows) {
      const client = await world.signedIn(id, { scopes: [scope] })
      for (const { name, does, ask } of operations.filter((each) => each.name !== 'update' && each.name !== 'create')) {
        const isOpen = opens !== undefined && /^(list|get|delete|enable|disable)$/.test(name) && (does === 'read' || opens === 'write')
        assert.equal(seenIn(await ask(client, at)) === 'scope_missing', !isOpen, `${scope}: ${name} at ${at}`)
      }
    }
    assert.ok(permissions['phones.change'].scopes.every((scope) => scope.endsWith('.All')))
  })
})

/** Whole, masked, let in, or the code of the refusal. */
function seenIn({ status, body }: TestAnswer): string {
  if (status === 403) return body.error.details[0].code
  const numbers = [body?.phoneNumber, ...(body?.value ?? []).map((item: { phoneNumber?: string }) => item.phoneNumber)].filter(Boolean)
  if (status !== 200 || numbers.length === 0) return 'let in'
  return numbers.every((number) => number === '+31 207942345')
    ? 'whole'
    : numbers.every((number) => number === '+31 XXXXXXX45')
      ? 'masked'
      : 'odd'
}

async function appIn(world: World, roles: readonly string[]): Promise<Client> {
  const appId = randomUUID()
  const servicePrincipalId = await world.system.inTransaction(async ({ apps }) => {
    const id = await apps.add(
      {
        ...{ id: randomUUID(), appId, displayName: 'Payroll', description: undefined, audience: 'AzureADMyOrg', createdAt: world.now },
        ...{ redirectUris: { web: [], spa: [], publicClient: [] }, homePageUrl: undefined, logoutUrl: undefined },
        ...{ backChannelLogoutUri: undefined, isFallbackPublicClient: false, idTokenAlgorithm: 'ES256' },
        ...{ requiredScopes: [], requiredRoles: [], secrets: [], keys: [] },
      },
      world.now,
    )
    for (const role of roles) await apps.addRole(id, role, world.now)
    return id
  })
  return world.client(await world.system.issueToken({ servicePrincipalId, roles, appId, lifeSeconds: 3_600 }), servicePrincipalId)
}
