import { useState } from 'react'
import type { UserBody } from '#contract/graph/users.ts'
import { api } from '../../kit/api/api.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { go } from '../../kit/routing/address.ts'
import { Select } from '../../kit/select.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { useDraft } from '../../kit/use-draft.ts'
import { message } from '../../kit/words/message.ts'

interface Domains {
  value: readonly { id: string; isDefault: boolean }[]
}

/** A person needs a name and a user name; a password only where they are to have one. */
export default function NewUserDialog({ onClose }: { onClose: () => void }) {
  const [displayName, setDisplayName, forgetDisplayName] = useDraft('new-user.displayName', '')
  const [name, setName, forgetName] = useDraft('new-user.name', '')
  const [jobTitle, setJobTitle, forgetJobTitle] = useDraft('new-user.jobTitle', '')
  const [department, setDepartment, forgetDepartment] = useDraft('new-user.department', '')
  const { data } = useResource<Domains>('/v1.0/domains')
  const domains = data?.value ?? []
  const [picked, setPicked] = useState<string>()
  const domain = picked ?? domains.find(({ isDefault }) => isDefault)?.id ?? ''
  const create = async () => {
    const made = await api.post<UserBody>('/v1.0/users', {
      accountEnabled: true,
      displayName,
      mailNickname: name.replaceAll(/[^A-Za-z0-9._-]/g, '') || 'user',
      userPrincipalName: `${name}@${domain}`,
      ...(jobTitle && { jobTitle }),
      ...(department && { department }),
    })
    for (const forget of [forgetDisplayName, forgetName, forgetJobTitle, forgetDepartment]) forget()
    go(`/admin/users/${made.id}`)
  }
  return (
    <Dialog title={message('web.admin.users.new.title')} onClose={onClose}>
      <Form onSubmit={create} fieldOf={{ userPrincipalName: 'name', mailNickname: 'name' }}>
        <TextField
          label={message('web.admin.users.new.name')}
          name="displayName"
          value={displayName}
          onChange={setDisplayName}
          isRequired
          autoFocus
        />
        <TextField
          label={message('web.admin.users.new.user-name')}
          name="name"
          value={name}
          onChange={setName}
          isRequired
          isLtr
          autoComplete="off"
        />
        <Select
          label={message('web.admin.users.new.domain')}
          name="domain"
          options={domains.map(({ id }) => ({ value: id, text: `@${id}` }))}
          value={domain}
          onChange={setPicked}
        />
        <TextField label={message('web.admin.users.new.job')} name="jobTitle" value={jobTitle} onChange={setJobTitle} />
        <TextField label={message('web.admin.users.new.department')} name="department" value={department} onChange={setDepartment} />
        <p className="soft small">{message('web.admin.users.new.told')}</p>
        <SubmitButton>{message('web.admin.users.new.create')}</SubmitButton>
      </Form>
    </Dialog>
  )
}
