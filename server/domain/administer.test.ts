import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import { type Act, type Actor, type Decision, mayAdminister, type Target } from '#server/domain/administer.ts'
import { type HeldRole, type RoleScope, roleIdOf } from '#server/domain/roles.ts'

const roleNames = roleTemplates.map(({ displayName }) => displayName)
const noRole = ['no role', 'no-role member of a role-assignable group', 'role scoped to a restricted unit', 'custom role']
const columnNames: Readonly<Record<string, RoleName>> = {
  Password: 'Password Administrator',
  Helpdesk: 'Helpdesk Administrator',
  License: 'License Administrator',
  Auth: 'Authentication Administrator',
  User: 'User Administrator',
  'Priv. Auth': 'Privileged Authentication Administrator',
  Global: 'Global Administrator',
}

const readersBelowHelpdesk = 'Message Center Reader, Reports Reader, Usage Summary Reports Reader, User Experience Success Manager'
const neverLesser = `no-role member of a role-assignable group, role scoped to a restricted unit, custom role, Global Administrator,
  Global Reader, Privileged Authentication Administrator, Privileged Role Administrator, Authentication Policy Administrator,
  Application Administrator, Cloud Application Administrator, Conditional Access Administrator, License Administrator, Security Administrator, Security Operator, Security Reader`

const passwords = `
| Target holds                                                  | Password | Helpdesk | Auth | User | Priv. Auth | Global |
| no role, Directory Readers, Guest Inviter, Password Administrator | ✔    | ✔        | ✔    | ✔    | ✔          | ✔      |
| ${readersBelowHelpdesk}                                       | –        | ✔        | ✔    | ✔    | ✔          | ✔      |
| Helpdesk Administrator                                        | –        | ✔        | –    | ✔    | ✔          | ✔      |
| Authentication Administrator                                  | –        | –        | ✔    | –    | ✔          | ✔      |
| Groups Administrator, User Administrator                      | –        | –        | –    | ✔    | ✔          | ✔      |
| ${neverLesser}                                                | –        | –        | –    | –    | ✔          | ✔      |`
const sensitive = `
| Target holds                                                                           | Auth | User | Priv. Auth | Global |
| no role, Directory Readers, Guest Inviter, Password Administrator, ${readersBelowHelpdesk} | ✔ | ✔    | ✔          | ✔      |
| Authentication Administrator                                                           | ✔    | –    | ✔          | ✔      |
| Groups Administrator, Helpdesk Administrator, User Administrator                       | –    | ✔    | ✔          | ✔      |
| ${neverLesser}                                                                         | –    | –    | ✔          | ✔      |`
const methods = `
| Target holds                                                                           | Auth | Priv. Auth | Global |
| no role, Directory Readers, Guest Inviter, Password Administrator, ${readersBelowHelpdesk} | ✔ | ✔          | ✔      |
| Authentication Administrator                                                           | ✔    | ✔          | ✔      |
| Groups Administrator, Helpdesk Administrator, User Administrator, ${neverLesser}       | –    | ✔          | ✔      |`
const everybody = [...noRole, ...roleNames].join(', ')
const basics = `| Target holds | User | Global |
| ${everybody} | ✔    | ✔      |`
const licences = `| Target holds | License | User | Global |
| ${everybody} | ✔       | ✔    | ✔      |`
const tableOf: Readonly<Record<Act, string>> = {
  'reset-password': passwords,
  'revoke-sessions': passwords,
  'contact-change': passwords,
  'sensitive-change': sensitive,
  disable: sensitive,
  'delete-or-restore': sensitive,
  'manage-methods': methods,
  'issue-pass': methods,
  'basic-change': basics,
  'assign-licence': licences,
}
// The keys of a record are its acts; Object.keys only knows that they are strings.
const acts = Object.keys(tableOf) as Act[]

const now = new Date('2026-11-20T17:00:00Z')
const eightHours = 8 * 60 * 60 * 1000
const tenant: RoleScope = { kind: 'tenant' }
const unitRoles = roleTemplates.filter(({ assignableAtUnit }) => assignableAtUnit).map(({ displayName }) => displayName)
const custom: HeldRole = { roleId: '11111111-2222-4333-8444-555555555555', scope: tenant, restrictedUnit: false }

/** Target's holding -> the roles that may, as the text says. */
function parse(table: string): { columns: RoleName[]; rows: Map<string, RoleName[]> } {
  const [head = [], ...body] = table
    .replaceAll(/,\s+/g, ', ')
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const columns = head.slice(1).map((short) => columnNames[short] ?? assert.fail(short))
  const rows = new Map<string, RoleName[]>()
  for (const [holdings = '', ...marks] of body) {
    const allowed = columns.filter((_, index) => marks[index] === '✔')
    for (const holding of holdings.split(', ')) {
      assert.ok(!rows.has(holding), `${holding} stands in two rows`)
      rows.set(holding, allowed)
    }
  }
  return { columns, rows }
}

function held(name: RoleName, scope: RoleScope = tenant): HeldRole {
  return { roleId: roleIdOf(name), scope, restrictedUnit: false }
}

const onBoard: HeldRole = { ...held('Password Administrator', unit('board')), restrictedUnit: true }

function admin(...roles: HeldRole[]): Actor {
  return { id: 'admin', roles, userType: 'Member', strongProofAt: now }
}

function person(facts: Partial<Target> = {}): Target {
  return { id: 'anna', roles: [], inRoleAssignableGroup: false, unitIds: [], restrictedUnitIds: [], ...facts }
}

function personHolding(holding: string): Target {
  if (holding === 'no role') return person()
  if (holding === 'no-role member of a role-assignable group') return person({ inRoleAssignableGroup: true })
  if (holding === 'custom role') return person({ roles: [custom] })
  if (holding === 'role scoped to a restricted unit') return person({ roles: [onBoard] })
  return person({ roles: [held(roleNames.find((name) => name === holding) ?? assert.fail(holding))] })
}

function unit(unitId: string): RoleScope {
  return { kind: 'unit', unitId }
}

function because(decision: Decision): string {
  return decision.allowed ? 'allowed' : decision.because
}

for (const act of acts) {
  const { columns, rows } = parse(tableOf[act])

  test(`the table of ${act} has a row for everything a person can hold`, () => {
    assert.deepEqual([...rows.keys()].sort(), [...noRole, ...roleNames].sort())
  })

  for (const actorRole of roleNames) {
    test(`${actorRole} and ${act}: every single holding of the target is decided as the table says`, () => {
      for (const [holding, allowed] of rows) {
        const expected: Decision = allowed.includes(actorRole)
          ? { allowed: true }
          : columns.includes(actorRole)
            ? { allowed: false, because: 'target_protected', roles: allowed }
            : { allowed: false, because: 'role_missing', roles: columns }
        const decision = mayAdminister(admin(held(actorRole)), act, personHolding(holding), now)
        assert.deepEqual(decision, expected, `${actorRole}, ${act}, target holds ${holding}`)
      }
    })
  }

  test(`${act} on somebody with two roles needs one role that is enough for both`, () => {
    for (const actorRole of columns) {
      for (const [one, two] of roleNames.flatMap((first) => roleNames.map((second) => [first, second] as const))) {
        const expected = rows.get(one)?.includes(actorRole) && rows.get(two)?.includes(actorRole) ? 'allowed' : 'target_protected'
        const decision = mayAdminister(admin(held(actorRole)), act, person({ roles: [held(one), held(two)] }), now)
        assert.equal(because(decision), expected, `${actorRole}, ${act}, target holds ${one} and ${two}`)
      }
    }
  })
}

const guarded = person({ roles: [held('Helpdesk Administrator'), held('Authentication Administrator')] })

test('two roles that each reach one role of the target do not add up, but one that reaches both is enough', () => {
  const weak = [held('Helpdesk Administrator'), held('Authentication Administrator')]
  const roles: RoleName[] = ['Privileged Authentication Administrator', 'Global Administrator']
  const decision = mayAdminister(admin(...weak), 'reset-password', guarded, now)
  assert.deepEqual(decision, { allowed: false, because: 'target_protected', roles })
  assert.equal(because(mayAdminister(admin(...weak, held('Global Administrator')), 'reset-password', guarded, now)), 'allowed')
})

test('a role-assignable group protects as much as a harmless role would have opened', () => {
  const target = person({ roles: [held('Directory Readers')], inRoleAssignableGroup: true })
  assert.equal(because(mayAdminister(admin(held('Helpdesk Administrator')), 'reset-password', target, now)), 'target_protected')
})

test('a guest who holds a role administers like a member; no role or an unknown one gives no power', () => {
  for (const act of acts) {
    assert.equal(because(mayAdminister({ ...admin(held('Global Administrator')), userType: 'Guest' }, act, person(), now)), 'allowed')
    assert.equal(because(mayAdminister(admin(), act, person(), now)), 'role_missing', act)
    assert.equal(because(mayAdminister(admin(custom), act, person(), now)), 'role_missing', act)
  }
})

test('a refusal to somebody whose roles do not extend to the target is the same for every target', () => {
  for (const act of acts) {
    for (const actor of [admin(), admin(held('Reports Reader')), admin(held('User Administrator', unit('north')))]) {
      const answers = [...parse(tableOf[act]).rows.keys()].map((holding) => mayAdminister(actor, act, personHolding(holding), now))
      for (const answer of answers) assert.deepEqual(answer, answers[0], act)
    }
  }
})

for (const role of unitRoles) {
  test(`${role} over a unit reaches members of that unit who hold nothing, and nobody else`, () => {
    const actor = admin(held(role, unit('north')))
    for (const act of acts) {
      const { columns } = parse(tableOf[act])
      const cases: [string, Target][] = [
        ['allowed', person({ unitIds: ['south', 'north'] })],
        ['target_out_of_reach', person()],
        ['target_out_of_reach', person({ unitIds: ['south'] })],
        ['target_out_of_reach', person({ id: 'north' })],
        ['target_protected', person({ unitIds: ['north'], inRoleAssignableGroup: true })],
        ['target_protected', person({ unitIds: ['north'], roles: [custom] })],
        ['target_protected', person({ unitIds: ['north'], roles: [held('Password Administrator', unit('south'))] })],
        ...roleNames.map((name): [string, Target] => ['target_protected', person({ unitIds: ['north'], roles: [held(name)] })]),
      ]
      for (const [expected, target] of cases) {
        const message = `${role}, ${act}, ${JSON.stringify(target)}`
        assert.equal(because(mayAdminister(actor, act, target, now)), columns.includes(role) ? expected : 'role_missing', message)
      }
    }
  })
}

test('a role over the organisation and one over a unit are weighed each by its own reach', () => {
  const actor = admin(held('Password Administrator'), held('User Administrator', unit('north')))
  const colleague = person({ unitIds: ['north'], roles: [held('Helpdesk Administrator')] })
  assert.equal(because(mayAdminister(actor, 'reset-password', person(), now)), 'allowed')
  assert.equal(because(mayAdminister(actor, 'sensitive-change', person(), now)), 'target_out_of_reach')
  assert.equal(because(mayAdminister(actor, 'sensitive-change', person({ unitIds: ['north'] }), now)), 'allowed')
  assert.equal(because(mayAdminister(actor, 'reset-password', colleague, now)), 'target_protected')
})

test('a role that no unit can give has no power there, even where a row says that it was given', () => {
  const actor = admin(held('Global Administrator', unit('north')))
  for (const act of acts) assert.equal(because(mayAdminister(actor, act, person({ unitIds: ['north'] }), now)), 'target_out_of_reach', act)
})

test('a role over one object reaches that object alone, and no further than over the organisation', () => {
  const actor = admin(held('Helpdesk Administrator', { kind: 'object', objectId: 'anna' }))
  assert.equal(because(mayAdminister(actor, 'reset-password', person(), now)), 'allowed')
  assert.equal(because(mayAdminister(actor, 'reset-password', person({ id: 'bert', unitIds: ['anna'] }), now)), 'target_out_of_reach')
  assert.equal(because(mayAdminister(actor, 'reset-password', guarded, now)), 'target_protected')
})

const board = { unitIds: ['north', 'board'], restrictedUnitIds: ['board'] }

test('members of a restricted unit are reached by roles over that unit and by Global Administrators, and by nobody else', () => {
  for (const role of roleNames) {
    for (const act of acts.filter((any) => parse(tableOf[any]).columns.includes(role))) {
      const cases: [string, RoleScope][] = [
        [role === 'Global Administrator' ? 'allowed' : 'target_out_of_reach', tenant],
        [unitRoles.includes(role) ? 'allowed' : 'target_out_of_reach', unit('board')],
        ['target_out_of_reach', unit('north')],
        ['target_out_of_reach', { kind: 'object', objectId: 'anna' }],
      ]
      for (const [expected, scope] of cases) {
        const decision = mayAdminister(admin(held(role, scope)), act, person(board), now)
        assert.equal(because(decision), expected, `${role}, ${act}, ${JSON.stringify(scope)}`)
      }
    }
  }
})

test('whoever holds a role in a restricted unit is left to Global Administrators', () => {
  const target = person({ ...board, roles: [held('Directory Readers')] })
  const decision = mayAdminister(admin(held('User Administrator', unit('board'))), 'reset-password', target, now)
  assert.deepEqual(decision, { allowed: false, because: 'target_protected', roles: ['Global Administrator'] })
  assert.equal(because(mayAdminister(admin(held('Global Administrator')), 'reset-password', target, now)), 'allowed')
})

test('some things nobody does to themselves, whatever their role', () => {
  const never: readonly Act[] = ['reset-password', 'disable', 'delete-or-restore', 'issue-pass']
  for (const act of acts) {
    for (const roles of [[], [held('Global Administrator')]]) {
      const expected = never.includes(act) ? 'not_on_yourself' : roles.length > 0 ? 'allowed' : 'role_missing'
      assert.equal(
        because(mayAdminister(admin(...roles), act, person({ id: 'admin', roles }), now)),
        expected,
        `${act}, ${roles.length} roles`,
      )
    }
  }
})

const proofs: [string, Date | undefined, boolean][] = [
  ['none', undefined, false],
  ['just now', now, true],
  ['eight hours ago', new Date(now.getTime() - eightHours), true],
  ['a moment longer ago', new Date(now.getTime() - eightHours - 1), false],
  ['of no date', new Date(Number.NaN), false],
]

for (const [age, strongProofAt, counts] of proofs) {
  test(`a role with a proof ${age} ${counts ? 'counts' : 'needs a stronger sign-in'}, and refusals stay what they were`, () => {
    const needed = counts ? 'allowed' : 'stronger_sign_in_needed'
    for (const act of acts) {
      const { columns, rows } = parse(tableOf[act])
      for (const role of columns) {
        for (const [holding, allowed] of rows) {
          const decision = mayAdminister({ ...admin(held(role)), strongProofAt }, act, personHolding(holding), now)
          assert.equal(because(decision), allowed.includes(role) ? needed : 'target_protected', `${role}, ${act}, ${holding}`)
        }
      }
      assert.equal(because(mayAdminister({ ...admin(), strongProofAt }, act, person(), now)), 'role_missing', act)
    }
  })
}

test('a stronger sign-in names the roles of the actor that wait for it', () => {
  const actor = { ...admin(held('Reports Reader'), held('Password Administrator'), held('User Administrator')), strongProofAt: undefined }
  const decision = mayAdminister(actor, 'reset-password', person({ roles: [held('Helpdesk Administrator')] }), now)
  assert.deepEqual(decision, { allowed: false, because: 'stronger_sign_in_needed', roles: ['User Administrator'] })
})
