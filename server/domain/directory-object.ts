import type { HiddenUnitsSeen } from './administrative-unit.ts'
import type { AuditTarget } from './audit-event.ts'
import { refuse } from './refusal.ts'

export type ObjectKind = 'user' | 'group' | 'role' | 'unit'

/** Something with an id of its own, before anybody asks what else there is to tell. */
export interface DirectoryObject {
  id: string
  kind: ObjectKind
}

/** One of the ways objects belong together, seen from one of them. Only `memberOf` crosses hidden memberships. */
export type Relation =
  | { name: 'members' | 'transitiveMembers' | 'owners'; groupId: string }
  | { name: 'unitMembers'; unitId: string }
  /** Each once, in however many of the units they are. */
  | { name: 'unitsMembers'; unitIds: readonly string[] }
  | { name: 'memberOf' | 'transitiveMemberOf'; id: string; hiddenUnits: HiddenUnitsSeen }

/** Who can stand in a group or a unit. */
export interface Member extends DirectoryObject {
  kind: 'user' | 'group'
  displayName: string
  userPrincipalName: string | undefined
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The id that stands in an address. What cannot be one is nothing that exists. */
export function getObjectId(text: string | undefined): string {
  if (text === undefined || !guid.test(text)) refuse('object_not_found', { id: text ?? '' })
  return text.toLowerCase()
}

export function memberTarget({ id, kind, displayName, userPrincipalName }: Member): AuditTarget {
  return { id, kind: kind === 'user' ? 'User' : 'Group', displayName, userPrincipalName }
}

/** What a change looks like in the audit log. */
export function changesBetween(before: object, changes: object): { name: string; from: string | null; to: string | null }[] {
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.entries(changes).map(([name, value]) => ({ name, from: shown(old.get(name)), to: shown(value) }))
}

function shown(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}
