import { includedUserRoles, includedUserTypes, type registrableMethods } from '#contract/graph/method-reports.ts'
import { defaultMethod, type SecondFactor } from '#server/domain/default-method.ts'
import type { Included, Registration } from '#server/domain/method-registration.ts'
import type { Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'

type Method = (typeof registrableMethods)[number]

/** Registered is what is there, whatever policy says of it. */
export function methodsRegistered({ hasPassword, hasMobile, hasAlternateMobile, hasOffice, hasEmail, hasPass }: Registration): Method[] {
  const held: [Method, boolean][] = [
    ['password', hasPassword],
    ['mobilePhone', hasMobile],
    ['alternateMobilePhone', hasAlternateMobile],
    ['officePhone', hasOffice],
    ['email', hasEmail],
    ['temporaryAccessPass', hasPass],
  ]
  return held.filter(([, isHeld]) => isHeld).map(([method]) => method)
}

export function hasPhone({ hasMobile, hasAlternateMobile, hasOffice }: Registration): boolean {
  return hasMobile || hasAlternateMobile || hasOffice
}

/** Capable is what policy lets them use as well. */
export function isMfaCapable(registration: Registration): boolean {
  return factorsOf(registration).size > 0
}

/** What a second step asks with: what they chose, as long as it is there. */
export function preferredFactor(registration: Registration): SecondFactor | 'none' {
  return defaultMethod(registration.chosen, factorsOf(registration)) ?? 'none'
}

function factorsOf({ hasMobile, hasAlternateMobile, hasOffice, mayBeTexted, mayBeCalled }: Registration): Set<SecondFactor> {
  const factors = new Set<SecondFactor>()
  if (hasMobile && mayBeTexted) factors.add('sms')
  if (hasMobile && mayBeCalled) factors.add('voiceMobile')
  if (hasAlternateMobile && mayBeCalled) factors.add('voiceAlternateMobile')
  if (hasOffice && mayBeCalled) factors.add('voiceOffice')
  return factors
}

export const everybodyIncluded: Included = { types: 'all', roles: 'all' }

/** What stands in parentheses behind the name of a function, as OData writes it: in any order, or nothing. */
export function readIncluded(name: string, parameters: string): Included {
  if (parameters === '()') return everybodyIncluded
  const given = /^\(\s*(\w+)='(\w+)'\s*,\s*(\w+)='(\w+)'\s*\)$/.exec(parameters)
  const values = new Map([
    [given?.[1], given?.[2]],
    [given?.[3], given?.[4]],
  ])
  const types = includedUserTypes.find((each) => each === values.get('includedUserTypes'))
  const roles = includedUserRoles.find((each) => each === values.get('includedUserRoles'))
  return types && roles ? { types, roles } : refuse('report_function_unknown', { function: name })
}

/** The number that is asked for. A plus sign that nobody escaped has become a blank on its way, and nothing else begins with one. */
export function numberAsked({ filter }: Query): string {
  const isNumber = filter?.kind === 'compare' && filter.property === 'number' && typeof filter.value === 'string'
  if (!isNumber) refuse('report_number_missing')
  return String(filter.value).replace(/^ (?=\d)/, '+')
}
