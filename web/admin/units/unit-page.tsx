import { Pencil, Trash2 } from 'lucide-react'
import type { UnitBody } from '#contract/graph/administrative-units.ts'
import { useResource } from '../../kit/api/use-resource.ts'
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
import { DeleteDialog } from '../delete-dialog.tsx'
import { ObjectList } from '../object-list.tsx'
import { UnitBadges } from './unit-badges.tsx'
import { UnitManagers } from './unit-managers.tsx'

const UnitDialog = later(() => import('./unit-dialog.tsx'))

const sections = ['', 'managers', 'properties'] as const
const words = {
  '': 'web.admin.units.section.members',
  managers: 'web.admin.units.section.managers',
  properties: 'web.admin.units.section.properties',
} as const

/** One administrative unit: who is in it, and who may manage those people. */
export default function UnitPage() {
  const id = useParameter('id')
  const wanted = useParameter('section')
  const section = sections.find((one) => one === wanted)
  const unit = useResource<UnitBody>(`/v1.0/directory/administrativeUnits/${encodeURIComponent(id)}`)
  if (section === undefined) return <NotFoundPage />
  const at = `/admin/units/${id}`
  const name = unit.data?.displayName ?? message('web.admin.units.one')
  return (
    <Page title={name} lead={unit.data?.description} aside={unit.data && <UnitBadges unit={unit.data} />}>
      <Crumbs above={[{ to: '/admin/units', text: message('web.admin.units.label') }]} />
      <SectionLinks
        label={name}
        sections={sections.map((one) => ({
          to: one === '' ? at : `${at}/${one}`,
          text: message(words[one]),
        }))}
      />
      <ResourceView of={unit}>{(data) => <Section section={section} unit={data} />}</ResourceView>
    </Page>
  )
}

function Section({ section, unit }: { section: (typeof sections)[number]; unit: UnitBody }) {
  if (section === 'managers') return <UnitManagers unit={unit} />
  if (section === 'properties') return <Properties unit={unit} />
  return (
    <ObjectList
      label={message('web.admin.units.section.members')}
      of={unit.displayName}
      path={`/v1.0/directory/administrativeUnits/${unit.id}/members`}
      kinds={['user', 'group']}
      addLabel={message('web.admin.units.add-members')}
      told={message('web.admin.units.members-told')}
      empty={message('web.admin.units.no-members')}
    />
  )
}

function Properties({ unit }: { unit: UnitBody }) {
  const [editing, openEdit, closeEdit] = useDialogAddress('edit')
  const [deleting, openDelete, closeDelete] = useDialogAddress('delete')
  const { id, displayName, description, isMemberManagementRestricted, visibility } = unit
  return (
    <section className="stack" aria-label={message('web.admin.units.section.properties')}>
      <Facts
        facts={[
          [message('web.admin.units.name'), displayName],
          [message('web.admin.units.description'), description ?? '–'],
          [message('web.admin.units.restricted'), message(isMemberManagementRestricted ? 'web.admin.yes' : 'web.admin.no')],
          [message('web.admin.units.hidden'), message(visibility === 'HiddenMembership' ? 'web.admin.yes' : 'web.admin.no')],
          [message('web.admin.object-id'), <code key="id">{id}</code>],
        ]}
      />
      <div className="row">
        <Button kind="quiet" icon={<Pencil className="icon" aria-hidden="true" />} onPress={() => openEdit('properties')}>
          {message('web.admin.change')}
        </Button>
        <Button kind="danger" icon={<Trash2 className="icon" aria-hidden="true" />} onPress={() => openDelete('unit')}>
          {message('web.admin.units.delete.open')}
        </Button>
      </div>
      {editing !== undefined && <UnitDialog unit={unit} onClose={closeEdit} />}
      {deleting !== undefined && (
        <DeleteDialog
          title={message('web.admin.delete.title', { name: displayName })}
          told={message('web.admin.units.delete.told')}
          path={`/v1.0/directory/administrativeUnits/${id}`}
          to="/admin/units"
          onClose={closeDelete}
        />
      )}
    </section>
  )
}
