import type { RoleScope } from './roles.ts'

/** A role given to a person or to a group, over everything or over a part. */
export interface RoleAssignment {
  id: string
  roleId: string
  principalId: string
  principalKind: 'user' | 'group'
  scope: RoleScope
}

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const addressPattern = new RegExp(`^/(administrativeUnits/)?(${guid})$`, 'i')

/** How a scope is written in a request or an answer. */
export function scopeAddress(scope: RoleScope): string {
  switch (scope.kind) {
    case 'tenant':
      return '/'
    case 'unit':
      return `/administrativeUnits/${scope.unitId}`
    case 'object':
      return `/${scope.objectId}`
  }
}

/** Undefined when it is no address of a scope at all; whether the unit or object exists is for the store to say. */
export function parseScopeAddress(address: string): RoleScope | undefined {
  if (address === '/') return { kind: 'tenant' }
  const [, unit, id] = addressPattern.exec(address) ?? []
  if (id === undefined) return undefined
  return unit === undefined ? { kind: 'object', objectId: id.toLowerCase() } : { kind: 'unit', unitId: id.toLowerCase() }
}
