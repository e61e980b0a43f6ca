/** What we write down about a change, in Microsoft's activity names. */
export interface AuditEvent {
  activity: string
  category:
    | 'UserManagement'
    | 'GroupManagement'
    | 'RoleManagement'
    | 'AdministrativeUnit'
    | 'DirectoryManagement'
    | 'ApplicationManagement'
    | 'Policy'
  operation: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign' | 'Other'
  targets: readonly AuditTarget[]
  details?: Readonly<Record<string, string>>
}

export interface AuditTarget {
  id: string
  kind: 'User' | 'Group' | 'Role' | 'Application' | 'ServicePrincipal' | 'AdministrativeUnit' | 'Policy' | 'Other'
  displayName?: string | undefined
  userPrincipalName?: string | undefined
  /** Secrets stand here as `***` and numbers masked, or not at all. */
  changed?: readonly { name: string; from: string | null; to: string | null }[]
}

/** Who did it: a person through an app, an app in its own name, or the server itself. */
export type AuditActor =
  | { kind: 'person'; id: string; displayName: string; userPrincipalName: string; address: string }
  | { kind: 'app'; id: string; appId: string; displayName: string }
  | { kind: 'server'; name: string }

export interface RecordedEvent {
  id: string
  happenedAt: Date
  activity: string
  category: string
  operation: string
  result: 'success' | 'failure'
  reason: string | undefined
  actor: AuditActor
  targets: readonly AuditTarget[]
  details: Readonly<Record<string, string>>
  requestId: string
}
