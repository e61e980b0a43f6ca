import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import {
  type Actor,
  type Decision,
  leavesNoGlobalAdministrator,
  mayAssignRole,
  mayChangeRolesOf,
  mayUseRole,
} from '#server/domain/administer.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'

const now = new Date('2026-11-20T17:00:00Z')
const longAgo = new Date('2026-11-20T08:59:59Z')
const tenant: RoleScope = { kind: 'tenant' }
const north: RoleScope = { kind: 'unit', unitId: 'north' }
const bert = { id: 'bert', includesActor: false }
const roleNames = roleTemplates.map(({ displayName }) => displayName)
const givers: RoleName[] = ['Privileged Role Administrator', 'Global Administrator']

function admin(name: RoleName, scope: RoleScope = tenant, strongProofAt: Date | undefined = now): Actor {
  return { id: 'admin', roles: [{ roleId: roleIdOf(name), scope, restrictedUnit: false }], userType: 'Member', strongProofAt }
}

function because(decision: Decision): string {
  return decision.allowed ? 'allowed' : decision.because
}

for (const name of roleNames) {
  const may = name === 'Privileged Role Administrator' || name === 'Global Administrator'

  test(`${name} ${may ? 'gives every role, Global Administrator included' : 'gives no role'}`, () => {
    for (const given of roleNames) {
      const decision = mayAssignRole(admin(name), roleIdOf(given), tenant, bert, now)
      assert.deepEqual(decision, may ? { allowed: true } : { allowed: false, because: 'role_missing', roles: givers }, given)
    }
  })
}

test('roles are given only by those who hold the right over the whole organisation', () => {
  for (const name of givers) {
    for (const scope of [north, { kind: 'object', objectId: 'bert' } as const]) {
      assert.equal(because(mayAssignRole(admin(name, scope), roleIdOf('Reports Reader'), north, bert, now)), 'role_missing', name)
    }
  }
})

test('nobody changes their own roles, neither directly nor through a group of theirs', () => {
  for (const name of givers) {
    for (const principal of [
      { id: 'admin', includesActor: false },
      { id: 'admins', includesActor: true },
    ]) {
      const expected: Decision = { allowed: false, because: 'not_on_yourself', roles: givers }
      assert.deepEqual(mayAssignRole(admin(name), roleIdOf('Reports Reader'), tenant, principal, now), expected)
      assert.deepEqual(mayChangeRolesOf(admin(name), principal, now), expected)
    }
    assert.deepEqual(mayChangeRolesOf(admin(name), bert, now), { allowed: true })
  }
})

test('over a unit only the roles that Entra gives there can be given', () => {
  const atUnit: RoleName[] = [
    'Authentication Administrator',
    'Groups Administrator',
    'Helpdesk Administrator',
    'License Administrator',
    'Password Administrator',
    'Privileged Authentication Administrator',
    'User Administrator',
  ]
  for (const name of roleNames) {
    const decision = mayAssignRole(admin('Privileged Role Administrator'), roleIdOf(name), north, bert, now)
    assert.deepEqual(decision, atUnit.includes(name) ? { allowed: true } : { allowed: false, because: 'role_not_at_unit', roles: [] }, name)
  }
})

test('giving a role needs a fresh proof, asked for only when it would help', () => {
  for (const proof of [undefined, longAgo]) {
    const stale = { ...admin('Global Administrator'), strongProofAt: proof }
    assert.equal(because(mayAssignRole(stale, roleIdOf('User Administrator'), north, bert, now)), 'stronger_sign_in_needed')
    assert.equal(because(mayChangeRolesOf(stale, bert, now)), 'stronger_sign_in_needed')
    assert.equal(because(mayAssignRole(stale, roleIdOf('Global Administrator'), north, bert, now)), 'role_not_at_unit')
    assert.equal(because(mayAssignRole(stale, roleIdOf('User Administrator'), north, { ...bert, id: 'admin' }, now)), 'not_on_yourself')
    const lesser = { ...admin('User Administrator'), strongProofAt: proof }
    assert.equal(because(mayAssignRole(lesser, roleIdOf('User Administrator'), north, bert, now)), 'role_missing')
  }
})

test('a setting of the organisation is for who holds one of its roles tenant-wide, with a fresh proof', () => {
  const names: RoleName[] = ['Authentication Policy Administrator', 'Global Administrator']
  assert.deepEqual(mayUseRole(admin('Authentication Policy Administrator'), names, now), { allowed: true })
  const cases: [string, Actor][] = [
    ['role_missing', admin('User Administrator')],
    ['role_missing', admin('Authentication Policy Administrator', north)],
    ['role_missing', admin('User Administrator', tenant, longAgo)],
    ['stronger_sign_in_needed', admin('Global Administrator', tenant, longAgo)],
  ]
  for (const [reason, actor] of cases) assert.deepEqual(mayUseRole(actor, names, now), { allowed: false, because: reason, roles: names })
})

const lastOnes: [boolean, string, string[]][] = [
  [true, 'anna', ['anna']],
  [true, 'anna', ['anna', 'anna']],
  [false, 'anna', ['anna', 'bert']],
  [false, 'anna', ['bert']],
  [false, 'anna', []],
]

for (const [isLast, personId, globalAdministratorIds] of lastOnes) {
  test(`${personId} is ${isLast ? '' : 'not '}the last Global Administrator of [${globalAdministratorIds}]`, () => {
    assert.equal(leavesNoGlobalAdministrator({ globalAdministratorIds, leavingIds: [personId] }), isLast)
  })
}

test('several people who leave at once are counted together', () => {
  const globalAdministratorIds = ['anna', 'bert']
  assert.equal(leavesNoGlobalAdministrator({ globalAdministratorIds, leavingIds: ['bert', 'carl', 'anna'] }), true)
  assert.equal(leavesNoGlobalAdministrator({ globalAdministratorIds, leavingIds: ['bert', 'carl'] }), false)
  assert.equal(leavesNoGlobalAdministrator({ globalAdministratorIds, leavingIds: [] }), false)
  assert.equal(leavesNoGlobalAdministrator({ globalAdministratorIds: [], leavingIds: [] }), false)
})
