import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'

export type RoleScope = { kind: 'tenant' } | { kind: 'unit'; unitId: string } | { kind: 'object'; objectId: string }

/** One role somebody has, whichever way it came: given directly, through a group, or through a group in a group. */
export interface HeldRole {
  roleId: string
  scope: RoleScope
  /** The scope is a unit that restricts who may manage its members, so the holder is as well guarded as those members. */
  restrictedUnit: boolean
}

type RoleTemplate = (typeof roleTemplates)[number]

const templateById: ReadonlyMap<string, RoleTemplate> = new Map(roleTemplates.map((template) => [template.id, template]))
const idByName: ReadonlyMap<RoleName, string> = new Map(roleTemplates.map((template) => [template.displayName, template.id]))

export function roleName(roleId: string): RoleName | undefined {
  return templateById.get(roleId)?.displayName
}

export function roleIdOf(name: RoleName): string {
  const id = idByName.get(name)
  if (id === undefined) throw new Error(`there is no role named ${name}`)
  return id
}

export function isAssignableAtUnit(roleId: string): boolean {
  return templateById.get(roleId)?.assignableAtUnit ?? false
}

/** Whether one of these roles is held over the whole organisation. */
export function holdsTenantWide(held: readonly HeldRole[], names: readonly RoleName[]): boolean {
  return held.some((role) => role.scope.kind === 'tenant' && isOneOf(role.roleId, names))
}

function isOneOf(roleId: string, names: readonly RoleName[]): boolean {
  const name = roleName(roleId)
  return name !== undefined && names.includes(name)
}
