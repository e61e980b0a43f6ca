import { KeyRound, type LucideIcon, MessageSquare, MessageSquareOff, Phone, PhoneOff, Smartphone, Ticket } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { StaffActBody, StaffPersonBody } from '#contract/graph/staff.ts'
import { type MessageKey, message } from '../../../kit/words/message.ts'

export type ActName = 'number' | 'remove-number' | 'sms' | 'password' | 'pass'

interface Offer {
  name: ActName
  icon: LucideIcon
  label: MessageKey
  note: MessageKey
  act: StaffActBody
}

/** What can be done for this person, as one button each; what cannot says why in its place. */
export function Acts({ person, onAct }: { person: StaffPersonBody; onAct: (act: string) => void }) {
  return (
    <ul className="big-list" aria-label={message('web.staff.person.acts')}>
      {offersFor(person).map(({ name, icon: Icon, label, note, act: { may, because } }) => {
        const told = (
          <>
            <Icon className="icon" aria-hidden="true" />
            <span className="what">
              <b>{message(label)}</b>
              <span className="soft small">{because?.message ?? message(note)}</span>
            </span>
          </>
        )
        return (
          <li key={name}>
            {may ? (
              <Button className="big" onPress={() => onAct(name)}>
                {told}
              </Button>
            ) : (
              <div className="big closed">{told}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function offersFor({ phoneNumber, isSmsSignInOn, hasPassword, number, smsSignIn, password, pass }: StaffPersonBody): readonly Offer[] {
  const reset: Offer = {
    name: 'password',
    icon: KeyRound,
    label: hasPassword ? 'web.staff.act.password' : 'web.staff.act.first-password',
    note: 'web.staff.act.password-told',
    act: password,
  }
  const ticket: Offer = { name: 'pass', icon: Ticket, label: 'web.staff.act.pass', note: 'web.staff.act.pass-told', act: pass }
  if (!phoneNumber)
    return [{ name: 'number', icon: Smartphone, label: 'web.staff.act.add', note: 'web.staff.act.add-told', act: number }, ticket, reset]
  const sms: Offer = isSmsSignInOn
    ? { name: 'sms', icon: MessageSquareOff, label: 'web.staff.act.sms-off', note: 'web.staff.act.sms-off-told', act: smsSignIn }
    : { name: 'sms', icon: MessageSquare, label: 'web.staff.act.sms-on', note: 'web.staff.act.sms-on-told', act: smsSignIn }
  return [
    { name: 'number', icon: Phone, label: 'web.staff.act.change', note: 'web.staff.act.change-told', act: number },
    sms,
    reset,
    ticket,
    { name: 'remove-number', icon: PhoneOff, label: 'web.staff.act.remove', note: 'web.staff.act.remove-told', act: number },
  ]
}
