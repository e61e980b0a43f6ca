import type {
  CauseBody,
  CheckedNumberBody,
  PermitBody,
  PersonActsBody,
  PersonMethodBody,
  PersonMethodsBody,
} from '#contract/graph/person-methods.ts'
import type { SecondStepBody } from '#contract/graph/security-info.ts'
import type { Locale } from '#contract/locale.ts'
import { maskedAddress, shownAddress } from '#server/domain/email-address.ts'
import { graphNumber, maskedForLog } from '#server/domain/phone-number.ts'
import type { CheckedNumber } from './check-number.ts'
import type { Deletion } from './entry.ts'
import type { Cause } from './find-cause.ts'
import type { Permit, PersonAct } from './permits.ts'
import type { PersonEntry, PersonMethods } from './read-person-methods.ts'
import { refusalReason, toAdministratorsReason } from './words.ts'

export function presentPersonMethods(person: PersonMethods, locale: Locale): PersonMethodsBody {
  const { user, isWhole, entries, newNumberCause, chosen, effective, reregistrationSince, acts } = person
  const shown = shownBy(person)
  const choices: SecondStepBody[] = person.choices.map((choice) => ({ ...choice, detail: shown(choice.detail) }))
  return {
    id: user.id,
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    showsWholeNumbers: isWhole,
    methods: entries.flatMap((entry) => presentEntry(entry, person, choices, locale)),
    addable: entries.flatMap((entry) => presentAddable(entry, person, locale)),
    newNumber: { cause: presentCause(newNumberCause, locale) },
    defaultMethod: { chosen: chosen ?? null, effective: choices.find(({ method }) => method === effective?.method) ?? null },
    defaultChoices: choices,
    reregistration: { requiredSinceDateTime: reregistrationSince?.toISOString() ?? null },
    acts: presentPersonActs(acts, locale),
  }
}

export function presentPersonActs(acts: Record<PersonAct, Permit>, locale: Locale): PersonActsBody {
  const permit = (act: PersonAct) => presentPermit(acts[act], locale)
  return {
    changeDefault: permit('changeDefault'),
    requireReregistration: permit('requireReregistration'),
    resetPassword: permit('resetPassword'),
    endSessions: permit('endSessions'),
    endWaits: permit('endWaits'),
    issuePass: permit('issuePass'),
    changeProfile: permit('changeProfile'),
    changeContact: permit('changeContact'),
    changeUserName: permit('changeUserName'),
    disable: permit('disable'),
    delete: permit('delete'),
    assignLicences: permit('assignLicences'),
    giveRoles: permit('giveRoles'),
  }
}

export function presentCheck(checked: CheckedNumber, locale: Locale): CheckedNumberBody {
  if (checked.kind === 'refused')
    return { isAcceptable: false, phoneNumber: null, country: null, problem: refusalReason(checked.refusal, locale), cause: null }
  const { shown, country, cause } = checked
  return { isAcceptable: true, phoneNumber: shown, country: country ?? null, problem: null, cause: presentCause(cause, locale) }
}

/** Numbers and addresses as whoever asks may see them. */
function shownBy({ isWhole, facts }: PersonMethods): (detail: string) => string {
  if (isWhole) return (detail) => detail
  const { phones, emailMethod } = facts
  const masked = new Map(phones.map(({ number, extension }) => [graphNumber(number, extension), maskedForLog(number)]))
  if (emailMethod) masked.set(shownAddress(emailMethod.address), maskedAddress(emailMethod.address))
  return (detail) => masked.get(detail) ?? ''
}

function presentEntry(entry: PersonEntry, person: PersonMethods, choices: readonly SecondStepBody[], locale: Locale): PersonMethodBody[] {
  const { method, kind, cause } = entry
  if (!method) return []
  const { id, detail, createdAt, usedAt, uses, secondSteps, unusableBecause, deletion, smsSignIn } = method
  return [
    {
      id,
      kind,
      detail: detail === undefined ? null : shownBy(person)(detail),
      createdDateTime: createdAt?.toISOString() ?? null,
      lastUsedDateTime: usedAt?.toISOString() ?? null,
      uses: [...uses],
      isDefault: secondSteps.some((step) => step.method === person.effective?.method),
      unusableBecause: unusableBecause === undefined ? null : toAdministratorsReason(unusableBecause, locale),
      deletion: deletion ? presentDeletion(deletion, choices, locale) : null,
      smsSignIn: smsSignIn ? { state: smsSignIn.state, isSignInName: smsSignIn.isSignInName, cause: presentCause(cause, locale) } : null,
      acts: presentActs(entry, person, locale),
    },
  ]
}

function presentDeletion({ kind, movesTo, endsSignIn, because }: Deletion, choices: readonly SecondStepBody[], locale: Locale) {
  const to = choices.find(({ method }) => method === movesTo) ?? null
  return { kind, movesTo: to, endsSignIn, because: because === undefined ? null : toAdministratorsReason(because, locale) }
}

function presentActs({ method, phoneType }: PersonEntry, person: PersonMethods, locale: Locale): PersonMethodBody['acts'] {
  const numbers = presentPermit(person.changeNumbers, locale)
  const isAddress = method?.kind === 'email'
  const own = phoneType ? numbers : isAddress ? presentPermit(person.changeAddress, locale) : null
  const signIn = method?.smsSignIn
  // An administrator answers for a number that was quiet, which its person would have to prove.
  const canEnable = signIn && !signIn.isSignInName && signIn.isOffered && signIn.because !== 'numberOnlyCalled'
  return {
    change: own,
    delete: own,
    enableSmsSignIn: canEnable ? numbers : null,
    disableSmsSignIn: signIn && (signIn.isSignInName || signIn.state === 'phoneNumberNotUnique') ? numbers : null,
  }
}

/** What an administrator gives is not held to what its person could prove: only to one number of a type, and no second mobile before the first. */
function presentAddable({ kind, phoneType, method }: PersonEntry, person: PersonMethods, locale: Locale): PersonMethodsBody['addable'] {
  if (!phoneType && kind !== 'email') return []
  if (method) return [{ kind, may: false, because: toAdministratorsReason('alreadyRegistered', locale) }]
  if (phoneType === 'alternateMobile' && !person.facts.phones.some(({ type }) => type === 'mobile'))
    return [{ kind, may: false, because: toAdministratorsReason('needsMobileFirst', locale) }]
  return [{ kind, ...presentPermit(phoneType ? person.changeNumbers : person.changeAddress, locale) }]
}

function presentCause(cause: Cause | undefined, locale: Locale): CauseBody | null {
  if (!cause) return null
  return {
    code: cause.code,
    message: toAdministratorsReason(cause.reason, locale).message,
    remedies: cause.remedies.map(({ act, permit, group, person }) => ({
      act,
      ...presentPermit(permit, locale),
      group: group ? { id: group.id, displayName: group.displayName } : null,
      person: person ? { id: person.id, displayName: person.displayName, userPrincipalName: person.userPrincipalName } : null,
    })),
  }
}

function presentPermit(refusal: Permit, locale: Locale): PermitBody {
  return { may: refusal === undefined, because: refusal ? refusalReason(refusal, locale) : null }
}
