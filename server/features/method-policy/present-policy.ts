import type { MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import { methodConfigurations } from '#contract/graph/method-configurations.ts'
import { type PolicyId, policyIds } from '#contract/method-ids.ts'
import { type MethodPolicy, type MethodTarget, noPolicy } from '#server/domain/method-policy.ts'

export interface WholePolicy {
  settings: MethodsPolicySettings
  changedAt: Date | undefined
  policies: ReadonlyMap<string, MethodPolicy>
}

/** `beta` has what v1.0 has no type for. */
export function presentPolicy({ settings, changedAt, policies }: WholePolicy, { beta }: { beta: boolean }) {
  const { optOutSettings, ...inBoth } = settings
  return {
    id: 'authenticationMethodsPolicy',
    displayName: 'Authentication Methods Policy',
    description: 'Which methods people of this organisation may prove themselves with, and who may use each.',
    lastModifiedDateTime: changedAt?.toISOString() ?? null,
    policyVersion: '1.5',
    ...inBoth,
    ...(beta && { optOutSettings }),
    authenticationMethodConfigurations: presentConfigurations(policies, { beta }),
  }
}

export function presentConfigurations(policies: ReadonlyMap<string, MethodPolicy>, { beta }: { beta: boolean }) {
  return policyIds
    .filter((id) => beta || !('betaOnly' in methodConfigurations[id]))
    .map((id) => presentConfiguration(id, policies.get(id) ?? noPolicy))
}

export function presentConfiguration(policyId: PolicyId, { isEnabled, targets, settings }: MethodPolicy) {
  const { id, type, usual } = methodConfigurations[policyId]
  const excluded = targets.filter(({ isExcluded }) => isExcluded)
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id,
    state: isEnabled ? 'enabled' : 'disabled',
    ...usual,
    ...settings,
    excludeTargets: excluded.map((target) => ({ id: target.id, targetType: target.kind })),
    includeTargets: targets.filter(({ isExcluded }) => !isExcluded).map((target) => presentTarget(policyId, target)),
  }
}

function presentTarget(policyId: PolicyId, { id, kind, isRegistrationRequired = false, isUsableForSignIn, settings }: MethodTarget) {
  return {
    targetType: kind,
    id,
    isRegistrationRequired,
    ...(policyId === 'sms' && { isUsableForSignIn }),
    ...methodConfigurations[policyId].usualOfTarget,
    ...settings,
  }
}
