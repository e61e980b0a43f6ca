import { useState } from 'react'
import { api } from '../../../../kit/api/api.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { later } from '../../../../kit/later.tsx'
import { useDialogAddress } from '../../../../kit/routing/address.ts'
import { TextField } from '../../../../kit/text-field.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { useUnsaved } from '../../../../kit/use-unsaved.ts'
import { message } from '../../../../kit/words/message.ts'
import { dateText } from '../../../../kit/words/moments.ts'
import { type Person, PersonPage, usePersonActs } from '../person-page.tsx'
import { fieldGroups, type ProfileField } from './fields.ts'

const AccountDialog = later(() => import('./account-dialog.tsx'))

export default function ProfilePage() {
  return <PersonPage>{(person) => <Profile key={person.id} person={person} />}</PersonPage>
}

/** Read and changed at one place: what one may not change stands there to be read. */
function Profile({ person }: { person: Person }) {
  const { data: acts } = usePersonActs(person.id)
  const [asked, ask, stopAsking] = useDialogAddress('do')
  const act = person.accountEnabled ? 'disable' : 'enable'
  return (
    <>
      <div className="person-acts">
        <Button kind="quiet" onPress={() => ask(act)}>
          {message(person.accountEnabled ? 'web.admin.users.person.account.disable' : 'web.admin.users.person.account.enable')}
        </Button>
        <Button kind="quiet" onPress={() => ask('delete')}>
          {message('web.admin.users.person.account.delete')}
        </Button>
      </div>
      {acts && !acts.changeProfile.may && (
        <Banner title={message('web.admin.users.person.profile.read-only')}>
          <p>{acts.changeProfile.because?.message}</p>
        </Banner>
      )}
      <Fields
        person={person}
        isReadOnly={!acts?.changeProfile.may}
        isContactReadOnly={!acts?.changeContact.may}
        isNameReadOnly={!acts?.changeUserName.may}
      />
      <p className="soft small">{message('web.admin.users.person.profile.created', { date: dateText(person.createdDateTime) })}</p>
      {acts && asked !== undefined && <AccountDialog asked={asked} acts={acts} person={person} onClose={stopAsking} />}
    </>
  )
}

interface FieldsProps {
  person: Person
  isReadOnly: boolean
  isContactReadOnly: boolean
  isNameReadOnly: boolean
}

function Fields({ person, isReadOnly, isContactReadOnly, isNameReadOnly }: FieldsProps) {
  const [typed, setTyped] = useState<Partial<Record<ProfileField, string>>>({})
  const changed = Object.entries(typed).filter(([field, value]) => value !== (person[field as ProfileField] ?? '')) // Only fields are typed.
  useUnsaved(changed.length > 0)
  const isFixed = (field: ProfileField) =>
    field === 'mobilePhone' ? isContactReadOnly : field === 'userPrincipalName' ? isNameReadOnly : isReadOnly
  const save = async () => {
    if (changed.length === 0) return
    await api.patch(
      `/v1.0/users/${person.id}`,
      Object.fromEntries(changed.map(([field, value]) => [field, value.trim() === '' ? null : value.trim()])),
    )
    setTyped({})
    showToast(message('web.admin.users.person.profile.saved'))
  }
  return (
    <Form onSubmit={save}>
      <div className="person-form">
        {fieldGroups.map(({ title, fields }) => [
          <h2 key={title} className="person-form-head">
            {message(title)}
          </h2>,
          ...fields.map(({ name, label, hint, isRequired, isLtr }) => (
            <TextField
              key={name}
              name={name}
              label={message(label)}
              value={typed[name] ?? person[name] ?? ''}
              onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
              autoComplete="off"
              isReadOnly={isFixed(name)}
              isRequired={isRequired ?? false}
              isLtr={isLtr ?? false}
              hint={hint && message(hint)}
            />
          )),
        ])}
      </div>
      {changed.length > 0 && (
        <div className="row">
          <Button kind="quiet" onPress={() => setTyped({})}>
            {message('web.admin.users.person.profile.discard')}
          </Button>
          <SubmitButton>{message('web.admin.users.person.save')}</SubmitButton>
        </div>
      )}
    </Form>
  )
}
