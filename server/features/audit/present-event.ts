import type { DirectoryAuditBody } from '#contract/graph/directory-audits.ts'
import type { AuditActor, AuditTarget, RecordedEvent } from '#server/domain/audit-event.ts'
import { loggedByService } from './rules.ts'

/** An event in Graph's words. */
export function presentEvent(event: RecordedEvent): DirectoryAuditBody {
  return {
    id: event.id,
    activityDateTime: event.happenedAt.toISOString(),
    activityDisplayName: event.activity,
    additionalDetails: Object.entries(event.details).map(([key, value]) => ({ key, value })),
    category: event.category,
    correlationId: event.requestId,
    initiatedBy: initiatedBy(event.actor),
    loggedByService: loggedByService(event.activity),
    operationType: event.operation,
    result: event.result,
    resultReason: event.reason ?? null,
    targetResources: event.targets.map(presentTarget),
  }
}

function initiatedBy(actor: AuditActor): DirectoryAuditBody['initiatedBy'] {
  if (actor.kind === 'server') {
    return { user: null, app: { appId: null, displayName: actor.name, servicePrincipalId: null, servicePrincipalName: null } }
  }
  if (actor.kind === 'app') {
    const { id, appId, displayName } = actor
    return { user: null, app: { appId, displayName, servicePrincipalId: id, servicePrincipalName: appId } }
  }
  const { id, displayName, userPrincipalName, address } = actor
  return { user: { id, displayName, userPrincipalName, ipAddress: address }, app: null }
}

function presentTarget({
  id,
  kind,
  displayName,
  userPrincipalName,
  changed = [],
}: AuditTarget): DirectoryAuditBody['targetResources'][number] {
  return {
    id,
    displayName: displayName ?? null,
    type: kind,
    userPrincipalName: userPrincipalName ?? null,
    groupType: kind === 'Group' ? 'azureAD' : null,
    modifiedProperties: changed.map(({ name, from, to }) => ({ displayName: name, oldValue: quoted(from), newValue: quoted(to) })),
  }
}

/** Graph tells old and new values as JSON inside a string. */
function quoted(value: string | null): string | null {
  return value === null ? null : JSON.stringify(value)
}
