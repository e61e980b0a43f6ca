import { useState } from 'react'
import { roleTemplates } from '#contract/graph/role-templates.ts'
import { type ApiPath, api } from '../../kit/api/api.ts'
import { Select } from '../../kit/select.tsx'
import { message } from '../../kit/words/message.ts'
import AddObjectsDialog from '../add-objects-dialog.tsx'
import { nameOfRole, toldOfRole } from '../role-words.ts'

const offered = roleTemplates.filter(({ assignableAtUnit }) => assignableAtUnit)
/** The one that My Staff needs. */
const usual = offered.find(({ displayName }) => displayName === 'Authentication Administrator')?.id

/** Gives people a role over the members of one unit. */
export default function AddManagerDialog({ path, onClose }: { path: ApiPath; onClose: () => void }) {
  const [roleId, setRole] = useState<string | undefined>(usual)
  return (
    <AddObjectsDialog
      title={message('web.admin.units.add-manager')}
      kinds={['user', 'group']}
      add={({ id }) => api.post(path, { roleId, roleMemberInfo: { id } })}
      onClose={onClose}
    >
      <Select
        label={message('web.admin.roles.one')}
        name="roleId"
        options={offered.map(({ id }) => ({ value: id, text: nameOfRole(id) }))}
        value={roleId}
        onChange={setRole}
      />
      {roleId && <p className="soft small">{toldOfRole(roleId)}</p>}
    </AddObjectsDialog>
  )
}
