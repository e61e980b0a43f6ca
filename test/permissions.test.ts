import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { RoleName } from '#contract/graph/role-templates.ts'
import { doors } from '#server/app.ts'
import { permissions } from '#server/domain/permissions.ts'
import type { UserType } from '#server/domain/user.ts'
import type { Route } from '#server/http/route.ts'
import { databases, startWorld, type TestAnswer, type World } from './world.ts'

// What the store says about roles is the same on both engines (role-safety.test.ts); here the question is only which doors they open.
const [database = assert.fail('no database')] = databases

type Refused = 'scope_missing' | 'role_missing' | 'stronger_sign_in_needed' | 'proof_too_weak'

interface Door {
  scopes: readonly string[]
  who: 'anyone signed in' | 'members' | { roles: readonly RoleName[]; reach: 'tenant' | 'target' }
  /** It changes what the actor proves themselves with. */
  isOwnProof: boolean
}

interface Actor {
  name: string
  userType?: UserType
  roles?: readonly RoleName[]
  /** The roles are held over one unit only. */
  overUnit?: true
  /** Only the password was asked for. */
  weak?: true
  /** The app may do nothing in this person's name but this. */
  scopes?: readonly string[]
}

const actors: readonly Actor[] = [
  { name: 'an ordinary member' },
  { name: 'a guest', userType: 'Guest' },
  { name: 'a guest with a role', userType: 'Guest', roles: ['Directory Readers'] },
  { name: 'a Global Reader', roles: ['Global Reader'] },
  { name: 'a User Administrator', roles: ['User Administrator'] },
  { name: 'an Authentication Administrator', roles: ['Authentication Administrator'] },
  { name: 'a Helpdesk Administrator', roles: ['Helpdesk Administrator'] },
  { name: 'a Privileged Role Administrator', roles: ['Privileged Role Administrator'] },
  { name: 'a Global Administrator', roles: ['Global Administrator'] },
  { name: 'a Global Administrator without a second factor', roles: ['Global Administrator'], weak: true },
  { name: 'a Global Administrator whose app may do nothing', roles: ['Global Administrator'], scopes: ['openid'] },
  { name: 'a Global Administrator whose app only reads the profile', roles: ['Global Administrator'], scopes: ['User.Read'] },
  { name: 'a User Administrator over one unit', roles: ['User Administrator'], overUnit: true },
]

/** What must keep this actor out of this door, said again in other words than the server's own. */
function expected(
  { scopes: held, roles = [], userType = 'Member', overUnit, weak }: Actor,
  { scopes, who, isOwnProof }: Door,
): Refused | undefined {
  if (held && !held.some((scope) => scopes.includes(scope))) return 'scope_missing'
  if (who === 'anyone signed in') return weak && isOwnProof ? 'proof_too_weak' : undefined
  if (who === 'members') return userType === 'Guest' && roles.length === 0 ? 'role_missing' : undefined
  const fits = who.roles.some((role) => roles.includes(role)) && !(overUnit && who.reach === 'tenant')
  if (!fits) return 'role_missing'
  return weak ? 'stronger_sign_in_needed' : undefined
}

interface Place {
  route: Route
  prefix: string
}

/** Each door once. */
const places: readonly Place[] = doors.filter(({ prefix }) => prefix !== '/beta')

/** Ids of nothing, so that a handler that is reached answers 400 or 404 and no story needs to be told for each route. */
function address({ route, prefix }: Place): string {
  return prefix + route.path.replace(/:\w+/g, () => randomUUID())
}

function ask(world: World, place: Place, token: string | undefined): Promise<TestAnswer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return world.send(place.route.method, address(place), place.route.method === 'GET' ? undefined : {}, headers)
}

function shown({ route: { method, path }, prefix }: Place): string {
  return `${method} ${prefix}${path}`
}

function doorOf({ permission, path, freshProof }: Route): Door {
  return { ...permissions[permission], isOwnProof: freshProof !== undefined && path.startsWith('/me/') }
}

describe('every door of the management API', () => {
  let world: World
  before(async () => {
    world = await startWorld(database)
    const { id: unit } = await world.unit('Store 12')
    for (const { name, userType, roles = [], overUnit } of actors) {
      const person = await world.person(name.replaceAll(' ', '-'), userType ? { userType } : {})
      ids.set(name, person.id)
      for (const role of roles) await world.giveRole(person.id, role, overUnit ? { kind: 'unit', unitId: unit } : { kind: 'tenant' })
    }
  })
  after(() => world[Symbol.asyncDispose]())
  const ids = new Map<string, string>()

  for (const actor of actors) {
    // Some hundred requests, each through the whole server.
    test(`opens to ${actor.name} as its permission says`, async () => {
      const id = ids.get(actor.name) ?? assert.fail('nobody of that name')
      const wrong: string[] = []
      for (const place of places) {
        // A token for each, because one of the doors ends every session of the caller.
        const { scopes, weak } = actor
        const token = await world.tokenFor(id, { ...(scopes && { scopes }), methods: weak ? ['pwd'] : ['pwd', 'mfa'] })
        const answer = await ask(world, place, token)
        const refused = expected(actor, doorOf(place.route))
        const said =
          answer.status === 403 || (answer.status === 401 && refused === 'proof_too_weak') ? answer.body.error.details[0].code : undefined
        const isRight = refused ? said === refused : ![401, 403, 405].includes(answer.status) && answer.status < 500
        if (!isRight) wrong.push(`${shown(place)} expected ${refused ?? 'to be let in'}: ${answer.status} ${answer.text.slice(0, 300)}`)
      }
      assert.deepEqual(wrong, [])
    })
  }

  test('stays shut without a token, in both versions', async () => {
    const wrong: string[] = []
    for (const place of doors) {
      const { status, headers } = await ask(world, place, undefined)
      if (status !== 401 || headers['www-authenticate'] !== 'Bearer') wrong.push(`${shown(place)}: ${status}`)
    }
    assert.deepEqual(wrong, [])
  })

  test('names the scopes and the roles that would open it', async () => {
    const guest = ids.get('a guest') ?? assert.fail('no guest')
    const wrong: string[] = []
    for (const place of places) {
      const { scopes, who } = doorOf(place.route)
      const { status, body } = await ask(world, place, await world.tokenFor(guest, { scopes: ['openid'] }))
      const roles = typeof who === 'string' ? undefined : who.roles.join(', ')
      const { innerError, message } = body.error
      const isRight = status === 403 && innerError.scopes === scopes.join(', ') && innerError.roles === roles && message.includes(scopes[0])
      if (!isRight) wrong.push(`${shown(place)}: ${status} ${message}`)
    }
    assert.deepEqual(wrong, [])
  })

  test('is asked here in every way there is to refuse and to let in', () => {
    const seen = new Set(actors.flatMap((actor) => places.map(({ route }) => expected(actor, doorOf(route)) ?? 'let in')))
    assert.deepEqual(seen, new Set(['let in', 'proof_too_weak', 'role_missing', 'scope_missing', 'stronger_sign_in_needed']))
    const methods = new Set(places.map(({ route }) => route.method))
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) assert.ok(methods.has(method), method)
  })

  test('is changed by nobody who may only look', () => {
    const readers = new Set<RoleName>(['Directory Readers', 'Global Reader', 'Reports Reader', 'Security Reader', 'Message Center Reader'])
    for (const place of places.filter(({ route }) => route.method !== 'GET')) {
      const { who } = doorOf(place.route)
      if (typeof who === 'string') continue
      assert.deepEqual(
        who.roles.filter((role) => readers.has(role)),
        [],
        shown(place),
      )
    }
  })
})
