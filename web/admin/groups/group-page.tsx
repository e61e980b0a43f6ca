import { Pencil, Trash2 } from 'lucide-react'
import type { GroupBody } from '#contract/graph/groups.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { later } from '../../kit/later.tsx'
import { NotFoundPage } from '../../kit/not-found-page.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { useParameter } from '../../kit/routing/parameters.ts'
import { Facts } from '../../kit/rows.tsx'
import { SectionLinks } from '../../kit/section-links.tsx'
import { message } from '../../kit/words/message.ts'
import { momentText } from '../../kit/words/moments.ts'
import { DeleteDialog } from '../delete-dialog.tsx'
import { MembershipList } from '../membership-list.tsx'
import { ObjectList } from '../object-list.tsx'

const EditGroupDialog = later(() => import('./edit-group-dialog.tsx'))

const sections = ['', 'owners', 'memberships', 'properties'] as const
const words = {
  '': 'web.admin.groups.section.members',
  owners: 'web.admin.groups.section.owners',
  memberships: 'web.admin.groups.section.memberships',
  properties: 'web.admin.groups.section.properties',
} as const

/** One group: who is in it, who owns it, what it is in itself, and what it is called. */
export default function GroupPage() {
  const id = useParameter('id')
  const wanted = useParameter('section')
  const section = sections.find((one) => one === wanted)
  const group = useResource<GroupBody>(`/v1.0/groups/${encodeURIComponent(id)}`)
  if (section === undefined) return <NotFoundPage />
  const at = `/admin/groups/${id}`
  return (
    <Page
      title={group.data?.displayName ?? message('web.admin.groups.one')}
      lead={group.data?.description}
      aside={group.data?.isAssignableToRole && <Badge tone="accent">{message('web.admin.groups.for-roles')}</Badge>}
    >
      <Crumbs above={[{ to: '/admin/groups', text: message('web.admin.groups.label') }]} />
      <SectionLinks
        label={group.data?.displayName ?? message('web.admin.groups.one')}
        sections={sections.map((one) => ({
          to: one === '' ? at : `${at}/${one}`,
          text: message(words[one]),
        }))}
      />
      <ResourceView of={group}>{(data) => <Section section={section} group={data} />}</ResourceView>
    </Page>
  )
}

function Section({ section, group }: { section: (typeof sections)[number]; group: GroupBody }) {
  const { id, displayName } = group
  switch (section) {
    case '':
      return (
        <ObjectList
          label={message('web.admin.groups.section.members')}
          of={displayName}
          path={`/v1.0/groups/${id}/members`}
          kinds={['user', 'group']}
          addLabel={message('web.admin.groups.add-members')}
          told={message('web.admin.groups.members-told')}
          empty={message('web.admin.groups.no-members')}
        />
      )
    case 'owners':
      return (
        <ObjectList
          label={message('web.admin.groups.section.owners')}
          of={displayName}
          path={`/v1.0/groups/${id}/owners`}
          kinds={['user']}
          addLabel={message('web.admin.groups.add-owners')}
          told={message('web.admin.groups.owners-told')}
          empty={message('web.admin.groups.no-owners')}
        />
      )
    case 'memberships':
      return <MembershipList label={message('web.admin.groups.section.memberships')} path={`/v1.0/groups/${id}/transitiveMemberOf`} />
    case 'properties':
      return <Properties group={group} />
  }
}

function Properties({ group }: { group: GroupBody }) {
  const [editing, openEdit, closeEdit] = useDialogAddress('edit')
  const [deleting, openDelete, closeDelete] = useDialogAddress('delete')
  const { id, displayName, description, isAssignableToRole, createdDateTime } = group
  return (
    <section className="stack" aria-label={message('web.admin.groups.section.properties')}>
      <Facts
        facts={[
          [message('web.admin.groups.column.name'), displayName],
          [message('web.admin.groups.column.description'), description ?? '–'],
          [message('web.admin.groups.column.roles'), message(isAssignableToRole ? 'web.admin.yes' : 'web.admin.no')],
          [message('web.admin.groups.column.created'), momentText(createdDateTime)],
          [message('web.admin.object-id'), <code key="id">{id}</code>],
        ]}
      />
      <div className="row">
        <Button kind="quiet" icon={<Pencil className="icon" aria-hidden="true" />} onPress={() => openEdit('properties')}>
          {message('web.admin.change')}
        </Button>
        <Button kind="danger" icon={<Trash2 className="icon" aria-hidden="true" />} onPress={() => openDelete('group')}>
          {message('web.admin.groups.delete.open')}
        </Button>
      </div>
      {editing !== undefined && <EditGroupDialog group={group} onClose={closeEdit} />}
      {deleting !== undefined && (
        <DeleteDialog
          title={message('web.admin.delete.title', { name: displayName })}
          told={message('web.admin.groups.delete.told')}
          path={`/v1.0/groups/${id}`}
          to="/admin/groups"
          onClose={closeDelete}
        />
      )}
    </section>
  )
}
