import { Plus } from 'lucide-react'
import type { GroupBody } from '#contract/graph/groups.ts'
import { listPath } from '../../../../kit/api/list-path.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { Button } from '../../../../kit/button.tsx'
import { DataTable } from '../../../../kit/data-table.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { later } from '../../../../kit/later.tsx'
import { useDialogAddress } from '../../../../kit/routing/address.ts'
import { message } from '../../../../kit/words/message.ts'
import { type Person, PersonPage } from '../person-page.tsx'

type Group = Pick<GroupBody, 'id' | 'displayName' | 'description' | 'isAssignableToRole'>

const JoinDialog = later(() => import('./join-dialog.tsx'))
const LeaveGroupDialog = later(() => import('./leave-group-dialog.tsx'))

const select = ['id', 'displayName', 'description', 'isAssignableToRole'] as const

export default function GroupsPage() {
  return <PersonPage>{(person) => <Groups person={person} />}</PersonPage>
}

/** The groups somebody is directly in. */
function Groups({ person }: { person: Person }) {
  const [joining, join, stopJoining] = useDialogAddress('join')
  const [leaving, leave, stopLeaving] = useDialogAddress('leave')
  return (
    <>
      <div className="person-acts">
        <Button icon={<Plus className="icon" aria-hidden="true" />} onPress={() => join('group')}>
          {message('web.admin.users.person.groups.join')}
        </Button>
      </div>
      <DataTable<Group>
        label={message('web.admin.users.person.sections.groups')}
        path={listPath(`/v1.0/users/${person.id}/memberOf/microsoft.graph.group`, { select, top: 50 })}
        columns={[
          { name: message('web.admin.users.column.name'), cell: ({ displayName }) => displayName },
          { name: message('web.admin.users.person.groups.description'), cell: ({ description }) => description ?? '' },
          {
            name: message('web.admin.users.person.groups.kind'),
            cell: ({ isAssignableToRole }) => isAssignableToRole && <Badge>{message('web.admin.users.person.groups.for-roles')}</Badge>,
          },
          {
            name: message('web.admin.users.person.groups.act'),
            cell: ({ id, displayName }) => (
              <Button
                kind="plain"
                aria-label={message('web.admin.users.person.groups.leave-this', { group: displayName })}
                onPress={() => leave(id)}
              >
                {message('web.admin.users.person.remove')}
              </Button>
            ),
          },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/groups/${id}`}
        empty={
          <EmptyState title={message('web.admin.users.person.groups.none')}>
            {message('web.admin.users.person.groups.none-told')}
          </EmptyState>
        }
      />
      {joining !== undefined && <JoinDialog person={person} onClose={stopJoining} />}
      {leaving !== undefined && <LeaveGroupDialog person={person} groupId={leaving} onClose={stopLeaving} />}
    </>
  )
}
