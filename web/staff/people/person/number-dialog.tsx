import { useState } from 'react'
import type { CallBackBody, StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { Banner } from '../../../kit/banner.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../kit/form.tsx'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { useDialogAddress } from '../../../kit/routing/address.ts'
import { TextField } from '../../../kit/text-field.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { pathOfPerson } from '../../resources.ts'
import { CallBackStep } from './call-back-step.tsx'
import { Confirmation, requireConfirmation } from './confirmation.tsx'
import { numberToast } from './number-toast.ts'

interface NumberDialogProps {
  person: StaffPersonBody
  change: 'replace' | 'remove'
  onClose: () => void
}

const goes = { replace: 'web.staff.number.save', remove: 'web.staff.number.remove' } as const

type How = 'text' | 'in-person'

export default function NumberDialog({ person, change, onClose }: NumberDialogProps) {
  const [check, openCheck, closeCheck] = useDialogAddress('check')
  return (
    <Dialog title={titleOf(person, change)} onClose={onClose}>
      {check ? (
        <CallBackStep id={check} person={person} onAgain={closeCheck} onDone={onClose} />
      ) : (
        <NumberForm person={person} change={change} onAsked={openCheck} onDone={onClose} />
      )}
    </Dialog>
  )
}

function titleOf({ displayName, phoneNumber }: StaffPersonBody, change: 'replace' | 'remove'): string {
  if (change === 'remove') return message('web.staff.number.remove-title', { name: displayName })
  return message(phoneNumber ? 'web.staff.number.change-title' : 'web.staff.number.add-title', { name: displayName })
}

interface NumberFormProps extends Pick<NumberDialogProps, 'person' | 'change'> {
  onAsked: (id: string) => void
  onDone: () => void
}

function NumberForm({ person, change, onAsked, onDone }: NumberFormProps) {
  const [how, setHow] = useState<How>(person.callBack.may ? 'text' : 'in-person')
  const send = async (fields: ReadonlyMap<string, string>) => {
    const phoneNumber = fields.get('phoneNumber') ?? ''
    if (how === 'text') {
      const wanted = change === 'replace' ? { change, phoneNumber } : { change }
      onAsked((await api.post<CallBackBody>(pathOfPerson(person.id, '/callBacks'), wanted)).id)
      return
    }
    requireConfirmation(fields)
    const after =
      change === 'replace'
        ? await api.post<StaffPersonBody>(pathOfPerson(person.id, '/number'), { phoneNumber, isConfirmedInPerson: true })
        : await api.post<StaffPersonBody>(pathOfPerson(person.id, '/removeNumber'), { isConfirmedInPerson: true })
    showToast(numberToast(after))
    onDone()
  }
  return (
    <Form onSubmit={send}>
      <div className="stack">
        {change === 'replace' && (
          <TextField
            label={message('web.staff.number.label')}
            name="phoneNumber"
            type="tel"
            autoComplete="off"
            isRequired
            isLtr
            autoFocus
            hint={message('web.staff.number.hint')}
          />
        )}
        {person.phoneNumber && <HowToBeSure person={person} how={how} onChange={setHow} />}
        {how === 'in-person' && <Confirmation person={person.displayName} />}
        <SubmitButton>{message(how === 'text' ? 'web.staff.number.ask' : goes[change])}</SubmitButton>
      </div>
    </Form>
  )
}

/** Asking by a text to the number that goes is the safer way, so it is the one that is chosen. */
function HowToBeSure({ person, how, onChange }: { person: StaffPersonBody; how: How; onChange: (how: How) => void }) {
  if (!person.callBack.may) return <Banner>{person.callBack.because?.message}</Banner>
  return (
    <RadioGroup<How>
      label={message('web.staff.number.how', { name: person.displayName })}
      name="how"
      value={how}
      onChange={onChange}
      choices={[
        {
          value: 'text',
          label: message('web.staff.number.by-text'),
          note: message('web.staff.number.by-text-told', { number: person.phoneNumber ?? '' }),
        },
        { value: 'in-person', label: message('web.staff.number.in-person'), note: message('web.staff.number.in-person-told') },
      ]}
    />
  )
}
