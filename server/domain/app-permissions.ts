import { createHash } from 'node:crypto'
import { everyAppRole, everyScope } from './permissions.ts'
import { refuse } from './refusal.ts'

/** Our own API, as it stands among the apps of every tenant. Its ids are the same everywhere, so that scripts can name them. */
export const sesamApi = {
  id: fixedId('service principal of the Sesam API'),
  appId: fixedId('the Sesam API'),
  displayName: 'Sesam API',
} as const

export type PermissionKind = 'Scope' | 'Role'

/** A permission of our API under the id by which Graph's bodies name it. */
export interface ApiPermission {
  id: string
  kind: PermissionKind
  name: string
}

const apiPermissions: readonly ApiPermission[] = [
  ...everyScope.map((name) => ({ id: fixedId(`scope ${name}`), kind: 'Scope' as const, name })),
  ...everyAppRole.map((name) => ({ id: fixedId(`role ${name}`), kind: 'Role' as const, name })),
].sort((a, b) => (a.name < b.name ? -1 : 1))

const byId = new Map(apiPermissions.map((permission) => [permission.id, permission]))

export function permissionsOf(kind: PermissionKind): ApiPermission[] {
  return apiPermissions.filter((permission) => permission.kind === kind)
}

/** The name behind the id that stands for it in Graph's bodies. */
export function getPermission(kind: PermissionKind, id: string, property: string): string {
  const permission = byId.get(id)
  if (permission?.kind !== kind) refuse('permission_unknown', { property, permission: id })
  return permission.name
}

export function permissionIdOf(kind: PermissionKind, name: string): string {
  return fixedId(`${kind === 'Scope' ? 'scope' : 'role'} ${name}`)
}

/** RFC 9562 version 8: a UUID of one's own making, the same for the same name. */
function fixedId(name: string): string {
  const digest = createHash('sha256').update(`sesam ${name}`).digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}
