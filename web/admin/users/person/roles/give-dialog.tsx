import { useState } from 'react'
import type { PermitBody } from '#contract/graph/person-methods.ts'
import type { RoleDefinitionBody } from '#contract/graph/role-management.ts'
import { api } from '../../../../kit/api/api.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Button } from '../../../../kit/button.tsx'
import { ComboBox } from '../../../../kit/combo-box.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { nameOfRole, toldOfRole } from '../../../role-words.ts'
import { PermittedDialog } from '../permitted-dialog.tsx'
import type { Person } from '../person-page.tsx'

interface GiveDialogProps {
  person: Person
  permit: PermitBody
  onClose: () => void
}

type Role = Pick<RoleDefinitionBody, 'id' | 'displayName' | 'description'>
interface Unit {
  id: string
  displayName: string
}

/** A role over the whole organisation, or over one unit of it. */
export default function GiveDialog({ person, permit, onClose }: GiveDialogProps) {
  const roles = useResource<ListBody<Role>>('/v1.0/roleManagement/directory/roleDefinitions?$select=id,displayName,description&$top=999')
  const units = useResource<ListBody<Unit>>('/v1.0/directory/administrativeUnits?$select=id,displayName&$top=100')
  const [role, setRole] = useState<string>()
  const [scope, setScope] = useState('/')
  const title = message('web.admin.users.person.roles.give-title', { name: person.displayName })
  const description = roles.data?.value.find(({ id }) => id === role)?.description ?? ''
  const give = async () => {
    if (role === undefined) return
    const body = { principalId: person.id, roleDefinitionId: role, directoryScopeId: scope }
    await api.post('/v1.0/roleManagement/directory/roleAssignments', body)
    showToast(message('web.admin.users.person.roles.given', { name: person.displayName }))
    onClose()
  }
  return (
    <PermittedDialog permit={permit} title={title} onClose={onClose}>
      <Dialog title={title} onClose={onClose}>
        <Form onSubmit={give} fieldOf={{ roleDefinitionId: 'role', directoryScopeId: 'scope' }}>
          <ComboBox
            label={message('web.admin.users.person.roles.role')}
            name="role"
            options={(roles.data?.value ?? []).map(({ id, displayName }) => ({ value: id, text: nameOfRole(id, displayName) }))}
            value={role}
            onChange={setRole}
          />
          {role && <p className="soft small">{toldOfRole(role, description)}</p>}
          <ComboBox
            label={message('web.admin.users.person.roles.scope')}
            name="scope"
            options={[
              { value: '/', text: message('web.admin.users.person.roles.everybody') },
              ...(units.data?.value ?? []).map(({ id, displayName }) => ({ value: `/administrativeUnits/${id}`, text: displayName })),
            ]}
            value={scope}
            onChange={setScope}
          />
          <div className="dialog-buttons">
            <Button kind="quiet" onPress={onClose}>
              {message('web.kit.dialog.cancel')}
            </Button>
            <SubmitButton>{message('web.admin.users.person.roles.give')}</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </PermittedDialog>
  )
}
