import type { AuditEvent } from './audit-event.ts'
import type { SecondFactor } from './default-method.ts'
import { maskedAddress } from './email-address.ts'
import type { EmailMethod } from './email-method.ts'
import { minuteMs, type Pass } from './pass.ts'
import type { Phone } from './phone.ts'
import { maskedForLog } from './phone-number.ts'
import type { User } from './user.ts'

type Act = 'registered' | 'updated' | 'deleted'

export interface NumberChange {
  before?: Phone | undefined
  after?: Phone | undefined
  details?: Readonly<Record<string, string>>
}

const operations = { registered: 'Add', updated: 'Update', deleted: 'Delete' } as const

/** A change to somebody's number, in the words Microsoft has for it; they depend on who made it. */
export function numberEvent(act: Act, by: { id: string }, user: User, { before, after, details = {} }: NumberChange): AuditEvent {
  const type = (after ?? before)?.type
  const [from, to] = [shown(before), shown(after)]
  return {
    activity: `${by.id === user.id ? 'User' : 'Admin'} ${act} security info`,
    category: 'UserManagement',
    operation: operations[act],
    targets: [{ ...targetOf(user), ...(from !== to && { changed: [{ name: 'PhoneNumber', from, to }] }) }],
    details: { ...(type && { PhoneType: type }), ...details },
  }
}

interface AddressChange {
  before?: Pick<EmailMethod, 'address'> | undefined
  after?: Pick<EmailMethod, 'address'> | undefined
}

export function emailEvent(act: Act, by: { id: string }, user: User, { before, after }: AddressChange): AuditEvent {
  const [from, to] = [before, after].map((email) => (email ? maskedAddress(email.address) : null))
  return {
    activity: `${by.id === user.id ? 'User' : 'Admin'} ${act} security info`,
    category: 'UserManagement',
    operation: operations[act],
    targets: [{ ...targetOf(user), changed: [{ name: 'EmailAddress', from: from ?? null, to: to ?? null }] }],
  }
}

/** When it opens and for how long; never what it is. */
export function passEvent(act: Act, by: { id: string }, user: User, pass: Pass): AuditEvent {
  const [from, to] = act === 'registered' ? [null, '***'] : act === 'deleted' ? ['***', null] : ['***', '***']
  return {
    activity: `${by.id === user.id ? 'User' : 'Admin'} ${act} security info`,
    category: 'UserManagement',
    operation: operations[act],
    targets: [{ ...targetOf(user), changed: [{ name: 'TemporaryAccessPass', from, to }] }],
    details: {
      StartDateTime: pass.startsAt.toISOString(),
      LifetimeInMinutes: String((pass.expiresAt.getTime() - pass.startsAt.getTime()) / minuteMs),
      IsUsableOnce: String(pass.isOnce),
    },
  }
}

/** The default moved by itself, or its person or an administrator chose another. */
export function defaultMethodEvent(by: { id: string }, user: User, from: SecondFactor | undefined, to: SecondFactor): AuditEvent {
  return {
    activity: by.id === user.id ? 'User changed default security info' : 'Admin updated security info',
    category: 'UserManagement',
    operation: 'Update',
    targets: [{ ...targetOf(user), changed: [{ name: 'DefaultMethod', from: from ?? null, to }] }],
  }
}

/** An administrator wants somebody to set up their methods anew, or does so no more. */
export function reregistrationEvent(user: User, state: 'required' | 'not required'): AuditEvent {
  return {
    activity: 'Admin updated security info',
    category: 'UserManagement',
    operation: 'Update',
    targets: [targetOf(user)],
    details: { Reregistration: state },
  }
}

const registrationActivities = {
  started: 'User started security info registration',
  completed: 'User registered all required security info',
  canceled: 'User canceled security info registration',
} as const

/** Somebody is asked to register methods while they sign in. */
export function registrationEvent(
  act: keyof typeof registrationActivities,
  user: User,
  details: Readonly<Record<string, string>>,
): AuditEvent {
  return {
    activity: registrationActivities[act],
    category: 'UserManagement',
    operation: 'Update',
    targets: [targetOf(user)],
    details,
  }
}

function shown(phone: Phone | undefined): string | null {
  return phone ? maskedForLog(phone.number) : null
}

function targetOf({ id, displayName, userPrincipalName }: User) {
  return { id, kind: 'User', displayName, userPrincipalName } as const
}
