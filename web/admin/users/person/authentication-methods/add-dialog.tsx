import { useState } from 'react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import type { PhoneMethodBody } from '#contract/graph/phone-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import { Button } from '../../../../kit/button.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { Select } from '../../../../kit/select.tsx'
import { TextField } from '../../../../kit/text-field.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { Conflict, type Conflicting } from './conflict.tsx'
import { isPhone, type PhoneKind, phoneTypes } from './kinds.ts'
import { NumberField } from './number-field.tsx'
import { PassForm } from './pass-form.tsx'
import { leaveStep } from './step.ts'

type Way = 'phone' | 'email' | 'pass'

interface AddDialogProps {
  methods: PersonMethodsBody
  reload: () => void
}

/** S12: choose the method, then what it needs. */
export function AddDialog({ methods, reload }: AddDialogProps) {
  const [way, setWay] = useState<Way>()
  return (
    <Dialog title={message('web.admin.users.person.methods.add.title')} onClose={leaveStep}>
      <Select<Way>
        label={message('web.admin.users.person.methods.add.choose')}
        name="way"
        placeholder={message('web.admin.users.person.methods.add.choose-one')}
        options={[
          { value: 'phone', text: message('web.admin.users.person.methods.add.phone') },
          { value: 'email', text: message('web.admin.users.person.methods.kind.email') },
          { value: 'pass', text: message('web.admin.users.person.methods.pass.name') },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === 'phone' && <PhoneForm methods={methods} reload={reload} />}
      {way === 'email' && <EmailForm methods={methods} />}
      {way === 'pass' && <PassForm methods={methods} />}
    </Dialog>
  )
}

function PhoneForm({ methods, reload }: AddDialogProps) {
  const { id } = methods
  const [number, setNumber] = useState('')
  const free = methods.addable.filter(({ may }) => may).flatMap(({ kind }) => (isPhone(kind) ? [kind] : []))
  const [kind, setKind] = useState<PhoneKind>(free[0] ?? 'phone')
  const [conflict, setConflict] = useState<Conflicting>()
  const add = async () => {
    setConflict(undefined)
    try {
      const { type } = phoneTypes[kind]
      const kept = await api.post<PhoneMethodBody>(`/v1.0/users/${id}/authentication/phoneMethods`, {
        phoneNumber: number,
        phoneType: type,
      })
      done(kept.smsSignInState === 'ready')
    } catch (error) {
      if (!(error instanceof ApiError) || !isConflict(error.code)) throw error
      setConflict({ code: error.code, message: error.message, number })
      reload()
    }
  }
  return (
    <Form onSubmit={add} fieldOf={{ phoneType: 'phoneType' }}>
      <NumberField personId={id} phoneType={phoneTypes[kind].type} value={number} onChange={setNumber} />
      <Select<PhoneKind>
        label={message('web.admin.users.person.methods.add.type')}
        name="phoneType"
        options={Object.entries(phoneTypes).flatMap(([key, { label }]) => (isPhoneKind(key) ? [{ value: key, text: message(label) }] : []))}
        value={kind}
        onChange={setKind}
      />
      <WhyNot methods={methods} kind={kind} />
      {conflict && <Conflict conflict={conflict} methods={methods} onReplaced={() => done(true)} />}
      <AddButtons />
    </Form>
  )
}

function isPhoneKind(key: string): key is PhoneKind {
  return key in phoneTypes
}

function isConflict(code: string): code is Conflicting['code'] {
  return code === 'phone_number_not_unique' || code === 'voice_number_conflict'
}

function done(isReady: boolean): void {
  showToast(message(isReady ? 'web.admin.users.person.methods.add.done-ready' : 'web.admin.users.person.methods.add.done'))
  leaveStep()
}

/** Of a type that is not free: why, before anybody presses. */
function WhyNot({ methods, kind }: { methods: PersonMethodsBody; kind: PhoneKind }) {
  const because = methods.addable.find((one) => one.kind === kind)?.because
  return because ? <p className="soft small">{because.message}</p> : null
}

function EmailForm({ methods }: { methods: PersonMethodsBody }) {
  const [address, setAddress] = useState('')
  const add = async () => {
    await api.post(`/v1.0/users/${methods.id}/authentication/emailMethods`, { emailAddress: address })
    showToast(message('web.admin.users.person.methods.add.email-done'))
    leaveStep()
  }
  return (
    <Form onSubmit={add}>
      <TextField
        label={message('web.admin.users.person.methods.kind.email')}
        name="emailAddress"
        type="email"
        inputMode="email"
        autoComplete="off"
        value={address}
        onChange={setAddress}
        hint={message('web.admin.users.person.methods.add.email-hint')}
        isRequired
        isLtr
      />
      <AddButtons />
    </Form>
  )
}

function AddButtons() {
  return (
    <div className="dialog-buttons">
      <Button kind="quiet" onPress={leaveStep}>
        {message('web.kit.dialog.cancel')}
      </Button>
      <SubmitButton>{message('web.admin.users.person.methods.add.add')}</SubmitButton>
    </div>
  )
}
