/** What the page knows of a method's configuration, and what it sends when it is saved. */

export interface Target {
  id: string
  targetType: 'user' | 'group'
  isRegistrationRequired: boolean
  /** Only where a method can be the one factor. */
  isUsableForSignIn?: boolean
}

export type Excluded = Pick<Target, 'id' | 'targetType'>

export interface Configuration {
  '@odata.type': string
  '@odata.etag': string
  id: string
  state: 'enabled' | 'disabled'
  includeTargets: readonly Target[]
  excludeTargets: readonly Excluded[]
  [option: string]: unknown
}

export interface Draft {
  /** Which version it began from. */
  etag: string
  isEnabled: boolean
  isForEverybody: boolean
  everybody: Target
  included: readonly Target[]
  excluded: readonly Excluded[]
  options: Readonly<Record<string, unknown>>
}

export const everybodyId = 'all_users'

export function policyPath(id: string): `/beta/${string}` {
  return `/beta/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/${id}`
}

export function draftOf(configuration: Configuration): Draft {
  const { includeTargets, excludeTargets, state } = configuration
  const everybody = includeTargets.find(({ id }) => id === everybodyId)
  const hasSignIn = includeTargets.some((target) => target.isUsableForSignIn !== undefined) || configuration.id === 'Sms'
  return {
    etag: configuration['@odata.etag'],
    isEnabled: state === 'enabled',
    isForEverybody: everybody !== undefined,
    everybody: everybody ?? newTarget({ id: everybodyId, targetType: 'group' }, hasSignIn),
    included: includeTargets.filter(({ id }) => id !== everybodyId),
    excluded: excludeTargets,
    options: optionsOf(configuration),
  }
}

/** For signing in only once somebody ticks it. */
export function newTarget(excluded: Excluded, hasSignIn: boolean): Target {
  return { ...excluded, isRegistrationRequired: false, ...(hasSignIn && { isUsableForSignIn: false }) }
}

export function includedIn({ isForEverybody, everybody, included }: Draft): readonly Target[] {
  return isForEverybody ? [everybody, ...included] : included
}

/** One request with all of it; the options that were changed, and no others. */
export function bodyOf(configuration: Configuration, draft: Draft) {
  const before = optionsOf(configuration)
  const changed = Object.entries(draft.options).filter(([name, value]) => value !== before[name])
  return {
    '@odata.type': configuration['@odata.type'],
    state: draft.isEnabled ? 'enabled' : 'disabled',
    includeTargets: includedIn(draft),
    excludeTargets: draft.excluded,
    ...Object.fromEntries(changed),
  }
}

export function isChanged(configuration: Configuration, draft: Draft): boolean {
  return meaningOf(draft) !== meaningOf(draftOf(configuration))
}

function meaningOf(draft: Draft): string {
  return JSON.stringify([draft.isEnabled, sorted(includedIn(draft)), sorted(draft.excluded), draft.options])
}

function sorted<T extends Excluded>(targets: readonly T[]): T[] {
  return [...targets].sort((one, other) => (one.id < other.id ? -1 : 1))
}

const optionNames = [
  'isOfficePhoneAllowed',
  'defaultLifetimeInMinutes',
  'minimumLifetimeInMinutes',
  'maximumLifetimeInMinutes',
  'defaultLength',
  'isUsableOnce',
] as const

function optionsOf(configuration: Configuration): Record<string, unknown> {
  return Object.fromEntries(optionNames.flatMap((name) => (name in configuration ? [[name, configuration[name]]] : [])))
}
