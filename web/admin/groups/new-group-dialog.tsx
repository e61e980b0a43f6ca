import { useState } from 'react'
import type { GroupBody } from '#contract/graph/groups.ts'
import { api } from '../../kit/api/api.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { type Found, PeoplePicker } from '../../kit/people-picker.tsx'
import { RadioGroup } from '../../kit/radio-group.tsx'
import { go } from '../../kit/routing/address.ts'
import { TextField } from '../../kit/text-field.tsx'
import { useDraft } from '../../kit/use-draft.ts'
import { message } from '../../kit/words/message.ts'
import { referenceTo } from '../directory-objects.ts'
import { nicknameOf } from '../nickname.ts'

/** A name is enough; whether it may hold roles can never be changed afterwards. */
export default function NewGroupDialog({ onClose }: { onClose: () => void }) {
  const [displayName, setDisplayName, forgetName] = useDraft('new-group.displayName', '')
  const [description, setDescription, forgetDescription] = useDraft('new-group.description', '')
  const [forRoles, setForRoles] = useState<'no' | 'yes'>('no')
  const [members, setMembers] = useState<readonly Found[]>([])
  const create = async () => {
    const made = await api.post<GroupBody>('/v1.0/groups', {
      displayName,
      mailNickname: nicknameOf(displayName),
      mailEnabled: false,
      securityEnabled: true,
      isAssignableToRole: forRoles === 'yes',
      ...(description && { description }),
      ...(members.length > 0 && { 'members@odata.bind': members.map((one) => referenceTo(one)['@odata.id']) }),
    })
    forgetName()
    forgetDescription()
    go(`/admin/groups/${made.id}`)
  }
  return (
    <Dialog title={message('web.admin.groups.new.title')} onClose={onClose}>
      <Form onSubmit={create} fieldOf={{ 'members@odata.bind': 'members', mailNickname: 'displayName' }}>
        <TextField
          label={message('web.admin.groups.column.name')}
          name="displayName"
          value={displayName}
          onChange={setDisplayName}
          isRequired
          autoFocus
        />
        <TextField
          label={message('web.admin.groups.column.description')}
          name="description"
          value={description}
          onChange={setDescription}
        />
        <RadioGroup
          label={message('web.admin.groups.new.roles')}
          name="isAssignableToRole"
          choices={[
            { value: 'no', label: message('web.admin.groups.new.roles-no') },
            { value: 'yes', label: message('web.admin.groups.new.roles-yes'), note: message('web.admin.groups.new.roles-told') },
          ]}
          value={forRoles}
          onChange={setForRoles}
        />
        <PeoplePicker label={message('web.admin.groups.new.members')} name="members" chosen={members} onChange={setMembers} />
        <div className="form-buttons">
          <SubmitButton>{message('web.admin.groups.new.create')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
