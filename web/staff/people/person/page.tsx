import { type ReactNode, useEffect } from 'react'
import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { Badge } from '../../../kit/badge.tsx'
import { Banner } from '../../../kit/banner.tsx'
import { Crumbs } from '../../../kit/crumbs.tsx'
import { later } from '../../../kit/later.tsx'
import { Page } from '../../../kit/page.tsx'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { go, useDialogAddress } from '../../../kit/routing/address.ts'
import { useParameter } from '../../../kit/routing/parameters.ts'
import { Skeleton } from '../../../kit/skeleton.tsx'
import { message } from '../../../kit/words/message.ts'
import { addressOfPeople, addressOfPerson } from '../../addresses.ts'
import { usePerson } from '../../resources.ts'
import { Initials } from '../initials.tsx'
import { type ActName, Acts } from './acts.tsx'

const NumberDialog = later(() => import('./number-dialog.tsx'))
const SmsDialog = later(() => import('./sms-dialog.tsx'))
const PassDialog = later(() => import('./pass-dialog.tsx'))
const PasswordDialog = later(() => import('./password-dialog.tsx'))

const prepare = () => {
  for (const dialog of [NumberDialog, SmsDialog, PasswordDialog, PassDialog]) dialog.prepare()
}

export default function PersonPage() {
  const person = usePerson(useParameter('id'))
  return (
    <>
      <Crumbs above={[{ to: addressOfPeople(), text: message('web.staff.people.label') }]} />
      <Page title={person.data?.displayName ?? message('web.staff.person.waiting')} lead={person.data?.jobTitle}>
        <ResourceView of={person} waiting={<Skeleton lines={5} shape="card" />}>
          {(data) => <Person person={data} />}
        </ResourceView>
      </Page>
    </>
  )
}

function Person({ person }: { person: StaffPersonBody }) {
  const [act, open] = useDialogAddress('act')
  const close = () => go(addressOfPerson(person.id), { replace: true })
  const closed = sharedReason(person)
  useEffect(prepare, [])
  return (
    <div className="stack">
      <Known person={person} />
      {closed ? <Banner>{closed}</Banner> : <Acts person={person} onAct={open} />}
      <Opened act={act} person={person} onClose={close} />
    </div>
  )
}

function Known({ person: { initials, phoneNumber, isSmsSignInOn, userPrincipalName } }: { person: StaffPersonBody }) {
  return (
    <div className="person-facts">
      <Initials text={initials} isLarge />
      <div>
        <p>{phoneNumber ? <b className="ltr">{phoneNumber}</b> : message('web.staff.people.no-number')}</p>
        {phoneNumber && (
          <Badge tone={isSmsSignInOn ? 'good' : 'note'}>{message(isSmsSignInOn ? 'web.staff.person.on' : 'web.staff.person.off')}</Badge>
        )}
        <p className="soft small">{userPrincipalName}</p>
      </div>
    </div>
  )
}

function Opened({ act, person, onClose }: { act: string | undefined; person: StaffPersonBody; onClose: () => void }) {
  const [check] = useDialogAddress('check')
  // Whoever was asked may have said no meanwhile: then that is what the dialog has to say.
  const isOpen = person.number.may || check !== undefined
  const names: Readonly<Record<ActName, () => ReactNode>> = {
    number: () => (isOpen ? <NumberDialog person={person} change="replace" onClose={onClose} /> : null),
    'remove-number': () => (isOpen && person.phoneNumber ? <NumberDialog person={person} change="remove" onClose={onClose} /> : null),
    sms: () => (person.smsSignIn.may || person.isSmsSignInOn ? <SmsDialog person={person} onClose={onClose} /> : null),
    pass: () => (person.pass.may ? <PassDialog person={person} onClose={onClose} /> : null),
    password: () => (person.password.may ? <PasswordDialog person={person} onClose={onClose} /> : null),
  }
  return act !== undefined && isAct(act, names) ? names[act]() : null
}

function isAct(act: string, names: Readonly<Record<ActName, unknown>>): act is ActName {
  return Object.hasOwn(names, act)
}

/** Where everything is closed for one and the same reason, it is said once. */
function sharedReason({ number, smsSignIn, password, pass }: StaffPersonBody): string | undefined {
  const reasons = new Set([number, smsSignIn, password, pass].map(({ because }) => because?.message))
  return reasons.size === 1 ? [...reasons][0] : undefined
}
