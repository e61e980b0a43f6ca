import type { ReactNode } from 'react'
import type { DirectoryAuditBody } from '#contract/graph/directory-audits.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Card } from '../../kit/card.tsx'
import { CopyLine } from '../../kit/copy-line.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { Link } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useParameter } from '../../kit/routing/parameters.ts'
import { Facts } from '../../kit/rows.tsx'
import { Table } from '../../kit/table.tsx'
import { message } from '../../kit/words/message.ts'
import { capitalised, exactText } from '../../kit/words/recent.ts'
import { actorName, plainValue } from './names.ts'
import { isUndoable, Undo } from './undo.tsx'

type Target = DirectoryAuditBody['targetResources'][number]

export default function EventPage() {
  const event = useResource<DirectoryAuditBody>(`/v1.0/auditLogs/directoryAudits/${encodeURIComponent(useParameter('id'))}`)
  const { data } = event
  return (
    <Page
      title={data?.activityDisplayName ?? message('web.admin.audit.one')}
      lead={data && message('web.admin.audit.by', { who: actorName(data), moment: exactText(data.activityDateTime) })}
    >
      <Crumbs above={[{ to: '/admin/audit', text: message('web.admin.audit.label') }]} />
      <ResourceView of={event}>
        {(found) => (
          <div className="stack-wide">
            {found.targetResources.map((target) => (
              <Changes key={target.id} target={target} />
            ))}
            {isUndoable(found) && <Undo id={found.id} />}
            <Card title={message('web.admin.audit.details')}>
              <Facts facts={factsOf(found)} />
            </Card>
          </div>
        )}
      </ResourceView>
    </Page>
  )
}

/** What it was before and what it is since. */
function Changes({ target }: { target: Target }) {
  const name = target.displayName ?? target.userPrincipalName ?? target.id
  const place = placeOf(target)
  return (
    <Card title={place ? <Link to={place}>{name}</Link> : <bdi>{name}</bdi>} {...noteOf(target)}>
      {target.modifiedProperties.length === 0 ? (
        <p className="soft">{message('web.admin.audit.unchanged')}</p>
      ) : (
        <Table
          label={message('web.admin.audit.changes', { name })}
          columns={[
            { name: message('web.admin.audit.property'), cell: ({ displayName }) => <code className="ltr">{displayName}</code> },
            { name: message('web.admin.audit.before'), cell: ({ oldValue }) => <Value value={oldValue} /> },
            { name: message('web.admin.audit.after'), cell: ({ newValue }) => <Value value={newValue} /> },
          ]}
          items={target.modifiedProperties}
          keyOf={({ displayName }) => displayName}
        />
      )}
    </Card>
  )
}

/** What kind of thing it is, where that says something. */
function noteOf({ userPrincipalName, type }: Target): { note?: string } {
  const note = userPrincipalName ?? (type === 'Other' ? undefined : type)
  return note === undefined ? {} : { note }
}

function Value({ value }: { value: string | null }) {
  const plain = plainValue(value)
  return plain === undefined ? <span className="soft">{message('web.admin.audit.nothing')}</span> : <bdi>{plain}</bdi>
}

function placeOf({ id, type }: Target): string | undefined {
  const places: Readonly<Record<string, string>> = {
    User: `/admin/users/${id}`,
    Group: `/admin/groups/${id}`,
    AdministrativeUnit: `/admin/units/${id}`,
  }
  return places[type]
}

function factsOf(event: DirectoryAuditBody): readonly (readonly [ReactNode, ReactNode])[] {
  const { user } = event.initiatedBy
  return [
    [message('web.admin.audit.column.when'), capitalised(exactText(event.activityDateTime))],
    [
      message('web.admin.audit.column.who'),
      user?.id ? (
        <Link key="who" to={`/admin/audit?actor=${user.id}`}>
          {actorName(event)} ({user.userPrincipalName})
        </Link>
      ) : (
        actorName(event)
      ),
    ],
    ...(user?.ipAddress
      ? [
          [
            message('web.admin.audit.address'),
            <span key="address" className="ltr">
              {user.ipAddress}
            </span>,
          ] as const,
        ]
      : []),
    [message('web.admin.audit.filter.category'), event.category],
    [message('web.admin.audit.service'), event.loggedByService],
    ...event.additionalDetails.map(({ key, value }) => [key, <bdi key={key}>{value}</bdi>] as const),
    [
      message('web.admin.audit.correlation'),
      <CopyLine key="correlation" label={message('web.admin.audit.correlation')} text={event.correlationId} />,
    ],
  ]
}
