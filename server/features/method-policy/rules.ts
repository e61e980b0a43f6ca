import type { AuthenticationMethodsPolicyChanges, MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import { methodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import { type MethodConfigurationChanges, methodConfigurations } from '#contract/graph/method-configurations.ts'
import { methodIds, type PolicyId, policyIds } from '#contract/method-ids.ts'
import type { MethodPolicy, MethodTarget } from '#server/domain/method-policy.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type Campaign, campaignMethod } from '#server/domain/registration-campaign.ts'
import { isSelfRegistered, selfRegistered } from '#server/domain/self-registration.ts'

/** Which configuration an address means; scripts write `sms` and `Sms`. */
export function policyIdOf(id: string): PolicyId {
  const wanted = id.toLowerCase()
  const found = policyIds.find((each) => methodConfigurations[each].id.toLowerCase() === wanted)
  return found ?? refuse('object_not_found', { id })
}

/** The configuration as it will be. What the body does not speak of stays, inside of parts too; lists are replaced whole. */
export function configurationAfter(policyId: PolicyId, before: MethodPolicy, changes: MethodConfigurationChanges): MethodPolicy {
  const { id: configurationId, type, usual } = methodConfigurations[policyId]
  const { '@odata.type': givenType, id, state, includeTargets, excludeTargets, ...own } = changes
  if (givenType !== `#microsoft.graph.${type}`)
    refuse('property_invalid', { property: '@odata.type', expected: `#microsoft.graph.${type}, which is what ${configurationId} is` })
  if (id !== undefined && id.toLowerCase() !== configurationId.toLowerCase())
    refuse('property_invalid', { property: 'id', expected: `${configurationId}, as in the address` })
  if (state === 'enabled' && !methodIds.some((each) => each === policyId)) refuse('method_not_built', { method: configurationId })
  const included = includeTargets?.map((target): MethodTarget => {
    const { id, targetType: kind, isRegistrationRequired = false, ...rest } = target
    const { isUsableForSignIn = false, ...settings } = { isUsableForSignIn: undefined, ...rest }
    const kept = withoutAnnotations(settings)
    return {
      kind,
      id,
      isExcluded: false,
      isUsableForSignIn,
      isRegistrationRequired,
      ...(Object.keys(kept).length > 0 && { settings: kept }),
    }
  })
  const excluded = excludeTargets?.map(
    ({ id, targetType: kind }): MethodTarget => ({ kind, id, isExcluded: true, isUsableForSignIn: false, isRegistrationRequired: false }),
  )
  const after = {
    isEnabled: state === undefined ? before.isEnabled : state === 'enabled',
    targets: [
      ...(included ?? before.targets.filter(({ isExcluded }) => !isExcluded)),
      ...(excluded ?? before.targets.filter(({ isExcluded }) => isExcluded)),
    ],
    settings: mergedParts({ ...usual, ...before.settings }, withoutAnnotations(own)),
  }
  refuseTwice(after.targets)
  refuseUnfitting(after.settings, after.targets)
  return after
}

function refuseTwice(targets: readonly MethodTarget[]): void {
  for (const isExcluded of [false, true]) {
    const ids = targets.filter((target) => target.isExcluded === isExcluded).map(({ id }) => id)
    const again = ids.findIndex((id, index) => ids.indexOf(id) !== index)
    const property = `${isExcluded ? 'excludeTargets' : 'includeTargets'}/${again}/id`
    if (again >= 0) refuse('property_invalid', { property, expected: 'a target that is not in the list already' })
  }
}

/** What no property can get wrong alone. */
function refuseUnfitting(settings: Readonly<Record<string, unknown>>, targets: readonly MethodTarget[]): void {
  const { minimumLifetimeInMinutes: min, defaultLifetimeInMinutes: usual, maximumLifetimeInMinutes: max } = settings
  if (typeof min === 'number' && typeof usual === 'number' && typeof max === 'number' && (usual < min || usual > max))
    refuse('property_invalid', { property: 'defaultLifetimeInMinutes', expected: `between the least (${min}) and the most (${max})` })
  if (!Array.isArray(settings.passkeyProfiles)) return
  const profiles = new Set(settings.passkeyProfiles.map((profile: { id?: unknown }) => profile.id))
  const named = targets.flatMap((target) => {
    const profileIds: unknown = target.settings?.allowedPasskeyProfiles
    return Array.isArray(profileIds) ? profileIds : []
  })
  const expected = 'the id of one of passkeyProfiles'
  if (named.some((id) => !profiles.has(id))) refuse('property_invalid', { property: 'includeTargets/allowedPasskeyProfiles', expected })
  const usualProfile = settings.defaultPasskeyProfile ?? undefined
  if (usualProfile !== undefined && !profiles.has(usualProfile)) refuse('property_invalid', { property: 'defaultPasskeyProfile', expected })
}

export function settingsAfter(before: MethodsPolicySettings, changes: AuthenticationMethodsPolicyChanges): MethodsPolicySettings {
  const after = methodsPolicySettings.parse(mergedParts({ ...before }, withoutAnnotations(changes)))
  refuseUnworkable(after.registrationEnforcement.authenticationMethodsRegistrationCampaign)
  return after
}

/** Nobody is asked to set up what nobody can set up here. */
function refuseUnworkable({ state, includeTargets }: Campaign): void {
  if (state !== 'enabled') return
  const path = 'registrationEnforcement/authenticationMethodsRegistrationCampaign/includeTargets'
  for (const [index, { targetedAuthenticationMethod: name }] of includeTargets.entries()) {
    const method = campaignMethod(name)
    const isBuilt = methodIds.some((each) => each === method)
    if (method && isSelfRegistered(method)) continue
    if (method && !isBuilt) refuse('method_not_built', { method: methodConfigurations[method].id })
    const expected = selfRegistered.map((each) => methodConfigurations[each].id).join(', ')
    refuse('property_invalid', { property: `${path}/${index}/targetedAuthenticationMethod`, expected })
  }
}

/** What a body says about how it is to be read, which is no part of what it says. */
function withoutAnnotations(value: object): Record<string, unknown> {
  const entries = Object.entries(value).filter(([name, each]) => !name.includes('@odata.') && each !== undefined)
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutTheirs(each)]))
}

function withoutTheirs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTheirs)
  return typeof value === 'object' && value !== null ? withoutAnnotations(value) : value
}

function mergedParts(before: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const changed = Object.entries(changes).map(([name, value]) => [name, isPart(value) ? mergedParts(partOf(before[name]), value) : value])
  return { ...before, ...Object.fromEntries(changed) }
}

function partOf(value: unknown): Record<string, unknown> {
  return isPart(value) ? value : {}
}

function isPart(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Somebody or something that a body names as a target. */
export interface NamedTarget {
  /** Where it stands in the body. */
  property: string
  kind: string
  id: string
}

/** Whatever in a body looks like a target is one, wherever it stands. */
export function targetsNamedIn(value: unknown, path: readonly string[] = []): NamedTarget[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, each]) => targetsNamedIn(each, [...path, name]))
  const isTarget = 'targetType' in value && 'id' in value && typeof value.targetType === 'string' && typeof value.id === 'string'
  if (!isTarget) return inside
  return [{ property: [...path, 'id'].join('/'), kind: String(value.targetType), id: String(value.id) }, ...inside]
}

/** What an audit event says of a change: each property that is not what it was, as JSON. */
export function differences(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return Object.keys({ ...before, ...after })
    .map((name) => ({ name, from: JSON.stringify(before[name]) ?? null, to: JSON.stringify(after[name]) ?? null }))
    .filter(({ from, to }) => from !== to)
}
