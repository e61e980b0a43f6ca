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
import { Facts } from '../../../kit/rows.tsx'
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
      <Page
        title={person.data?.displayName ?? message('web.staff.person.waiting')}
        lead={person.data?.jobTitle}
        aside={person.data && <Initials text={person.data.initials} isLarge />}
      >
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
      <div className="person-facts">
        <Known person={person} />
      </div>
      {closed ? <Banner>{closed}</Banner> : <Acts person={person} onAct={open} />}
      <Opened act={act} person={person} onClose={close} />
    </div>
  )
}

function Known({ person: { phoneNumber, isSmsSignInOn, userPrincipalName } }: { person: StaffPersonBody }) {
  const number = phoneNumber ?? message('web.staff.people.no-number')
  const state = message(isSmsSignInOn ? 'web.staff.person.on' : 'web.staff.person.off')
  const facts = [
    [message('web.staff.person.number'), phoneNumber ? <Ltr key="number">{number}</Ltr> : number],
    [
      message('web.staff.person.sms'),
      <Badge key="sms" tone={isSmsSignInOn ? 'good' : 'note'}>
        {state}
      </Badge>,
    ],
    [message('web.staff.person.user-name'), userPrincipalName],
  ] as const
  return <Facts facts={facts} />
}

function Ltr({ children }: { children: string }) {
  return <span className="ltr">{children}</span>
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
