import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import { type HeldRole, holdsTenantWide, isAssignableAtUnit, type RoleScope, roleIdOf, roleName } from '#server/domain/roles.ts'

const unknownRoleId = '11111111-2222-4333-8444-555555555555'

/** id, name, p = privileged, u = may be given at a unit. */
const entra = `
9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3 | Application Administrator               | p
c4e39bd9-1100-46d3-8c65-fb160da0071f | Authentication Administrator            | p u
0526716b-113d-4c15-b2c8-68e3c22b9f80 | Authentication Policy Administrator     |
158c047a-c907-4556-b7ef-446551a6b5f7 | Cloud Application Administrator         | p
b1be1c3e-b65d-4f19-8427-f6fa0d97feb9 | Conditional Access Administrator        | p
88d8e3e3-8f55-4a1e-953a-9b9898b8876b | Directory Readers                       |
62e90394-69f5-4237-9190-012177145e10 | Global Administrator                    | p
f2ef992c-3afb-46b9-b7cf-a126ee74c451 | Global Reader                           | p
fdd7a751-b60b-444a-984c-02652fe8fa1c | Groups Administrator                    | u
95e79109-95c0-4d8e-aee3-d01accf2d47b | Guest Inviter                           |
729827e3-9c14-49f7-bb1b-9608f156bbb8 | Helpdesk Administrator                  | p u
4d6ac14f-3453-41d0-bef9-a3e0c569773a | License Administrator                   | u
790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b | Message Center Reader                   |
966707d0-3269-4727-9be2-8c3a10f19b9d | Password Administrator                  | p u
7be44c8a-adaf-4e2a-84d6-ab2649e08a13 | Privileged Authentication Administrator | p u
e8611ab8-c189-46e8-94e1-60213ab1f814 | Privileged Role Administrator           | p
4a5d8f65-41da-4de4-8968-e035b65339cf | Reports Reader                          |
194ae4cb-b126-40b2-bd5b-6091b380977d | Security Administrator                  | p
5f2222b1-57c3-48ba-8ad5-d4759f1fde6f | Security Operator                       | p
5d6b6bb7-de71-4623-b4af-96380a352509 | Security Reader                         | p
75934031-6c7e-415a-99d7-48dbd49e875e | Usage Summary Reports Reader            |
fe930be7-5e62-47db-91af-98c3a49a38b1 | User Administrator                      | p u
27460883-1df1-4691-b032-3b79643e5e63 | User Experience Success Manager         |
`
const rows = entra
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))

const tenant: RoleScope = { kind: 'tenant' }

function unit(unitId: string): RoleScope {
  return { kind: 'unit', unitId }
}

function held(name: RoleName, scope: RoleScope): HeldRole {
  return { roleId: roleIdOf(name), scope, restrictedUnit: false }
}

test('every role has the id, the mark and the reach that it has in Entra', () => {
  const ours = roleTemplates.map(({ id, displayName, isPrivileged }) => {
    const marks = [isPrivileged ? 'p' : '', isAssignableAtUnit(id) ? 'u' : '']
    return [id, displayName, marks.filter((mark) => mark !== '').join(' ')]
  })
  assert.deepEqual(ours, rows)
})

test('a role is found by its id and by its name', () => {
  for (const { id, displayName } of roleTemplates) {
    assert.equal(roleName(id), displayName)
    assert.equal(roleIdOf(displayName), id)
  }
})

test('every role is described in one sentence of its own', () => {
  const descriptions = roleTemplates.map((template): string => template.description)
  assert.equal(new Set(descriptions).size, descriptions.length)
  for (const description of descriptions) assert.match(description, /^[A-Z][^.]+\.$/)
})

test('an unknown role has no name and cannot be given at a unit', () => {
  assert.equal(roleName(unknownRoleId), undefined)
  assert.equal(isAssignableAtUnit(unknownRoleId), false)
})

test('only a role over the whole organisation is held tenant-wide', () => {
  const names: RoleName[] = ['User Administrator', 'Helpdesk Administrator']
  const cases: [boolean, HeldRole[]][] = [
    [true, [held('User Administrator', tenant)]],
    [true, [held('Global Reader', tenant), held('Helpdesk Administrator', tenant)]],
    [false, []],
    [false, [held('Global Administrator', tenant)]],
    [false, [held('User Administrator', unit('north'))]],
    [false, [held('User Administrator', { kind: 'object', objectId: 'anna' })]],
    [false, [held('Global Reader', tenant), held('User Administrator', unit('north'))]],
    [false, [{ roleId: unknownRoleId, scope: tenant, restrictedUnit: false }]],
  ]
  for (const [expected, roles] of cases) assert.equal(holdsTenantWide(roles, names), expected, JSON.stringify(roles))
})
