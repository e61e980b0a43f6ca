import { UserMinus, UserPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type ApiPath, api } from '../kit/api/api.ts'
import type { Found } from '../kit/api/found-objects.ts'
import { beginsWith, listPath } from '../kit/api/list-path.ts'
import { Button } from '../kit/button.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { later } from '../kit/later.tsx'
import { useDialogAddress, useQueryValue } from '../kit/routing/address.ts'
import { SearchField } from '../kit/search-field.tsx'
import { countMessage, message } from '../kit/words/message.ts'
import { addressOfObject, kindText, type ObjectBody, objectProperties, referenceTo } from './directory-objects.ts'

const AddObjectsDialog = later(() => import('./add-objects-dialog.tsx'))
const RemoveObjectsDialog = later(() => import('./remove-objects-dialog.tsx'))

interface ObjectListProps {
  label: string
  /** What they are in, own or hold. */
  of: string
  path: ApiPath
  kinds: readonly Found['kind'][]
  /** How the button and the dialog are called by which others come in. */
  addLabel: string
  /** What stands above the table. */
  told?: ReactNode
  empty: string
}

/** The people and groups that belong to something, with what changes that: whoever may not is told so by the API. */
export function ObjectList({ label, of, path, kinds, addLabel, told, empty }: ObjectListProps) {
  const [search, setSearch] = useQueryValue('search')
  const [adding, openAdd, closeAdd] = useDialogAddress('add')
  const [removing, openRemove, closeRemove] = useDialogAddress('remove')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const question = { select: objectProperties, filter: beginsWith(search, 'displayName'), top: 50 }
  const done = () => {
    setChosen(new Set())
    closeRemove()
  }
  return (
    <section className="stack" aria-label={label}>
      {told && <p className="soft">{told}</p>}
      <div className="toolbar">
        <SearchField label={message('web.admin.objects.search')} value={search} onChange={setSearch} />
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openAdd('objects')}>
          {addLabel}
        </Button>
        {chosen.size > 0 && (
          <Button kind="danger" icon={<UserMinus className="icon" aria-hidden="true" />} onPress={() => openRemove([...chosen].join())}>
            {countMessage('web.admin.objects.remove-chosen', chosen.size)}
          </Button>
        )}
      </div>
      <DataTable<ObjectBody>
        label={label}
        path={listPath(path, question)}
        countPath={search === '' ? `${path}/$count` : undefined}
        columns={[
          { name: message('web.admin.objects.name'), cell: ({ displayName }) => displayName },
          { name: message('web.admin.objects.detail'), cell: (one) => one.userPrincipalName ?? one.description },
          { name: message('web.admin.objects.kind'), cell: (one) => kindText(one) },
        ]}
        keyOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        linkOf={addressOfObject}
        chosen={chosen}
        onChoose={setChosen}
        empty={<EmptyState title={search ? message('web.admin.objects.none-found') : empty} />}
      />
      {adding !== undefined && (
        <AddObjectsDialog title={addLabel} kinds={kinds} add={(one) => api.post(`${path}/$ref`, referenceTo(one))} onClose={closeAdd} />
      )}
      {removing !== undefined && (
        <RemoveObjectsDialog ids={removing.split(',')} of={of} remove={(id) => api.delete(`${path}/${id}/$ref`)} onClose={done} />
      )}
    </section>
  )
}
