import { authenticationMethodsPolicyChanges } from '#contract/graph/authentication-methods-policy.ts'
import { methodConfigurationChanges, methodConfigurations } from '#contract/graph/method-configurations.ts'
import { methodLicensingChanges } from '#contract/graph/method-licensing.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { judgeUndo } from './judge-undo.ts'
import { requireTargets } from './require-targets.ts'
import { configurationAfter, settingsAfter } from './rules.ts'
import { saveConfiguration } from './save-configuration.ts'
import { saveLicenceMode, saveSettings } from './save-settings.ts'
import { valuesBefore } from './undo-rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload'>
type Parts = Pick<Stores, 'methodPolicies' | 'methodPolicySettings' | 'memberships' | 'units' | 'audit'>

interface SettingBack {
  values: Record<string, unknown>
  /** When, and of which event. */
  writing: { now: Date; details: Readonly<Record<string, string>> }
}

/**
 * Sets back what one event of the audit log changed, and nothing else: what was changed before or after it stays. It is a change like any other,
 * with an event of its own that can be undone too, and goes through the same rules: a group that is gone meanwhile cannot come back.
 */
export async function undoChange(system: Needs, caller: Caller, eventId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const event = (await stores.audit.find(eventId)) ?? refuse('object_not_found', { id: eventId })
    const { part, hindrance } = await judgeUndo(stores, event)
    if (hindrance) refuse(hindrance.code, hindrance.details)
    const back = { values: valuesBefore(event, part), writing: { now: system.now(), details: { undoes: event.id } } }
    if (part.kind === 'configuration') return setBackConfiguration(stores, caller, part.policyId, back)
    if (part.kind === 'settings') return setBackSettings(stores, caller, back)
    const { mode } = methodLicensingChanges.parse({ mode: back.values.licenceMode })
    return saveLicenceMode(stores, caller, mode, back.writing)
  })
  system.reload()
}

async function setBackConfiguration(stores: Parts, caller: Caller, policyId: PolicyId, { values, writing }: SettingBack): Promise<void> {
  const changes = methodConfigurationChanges.parse({ '@odata.type': `#microsoft.graph.${methodConfigurations[policyId].type}`, ...values })
  const before = await stores.methodPolicies.find(policyId)
  const after = configurationAfter(policyId, before, changes)
  await requireTargets(stores, changes)
  await saveConfiguration(stores, caller, { policyId, before, after }, { ...writing, activity: 'Update' })
}

async function setBackSettings(stores: Parts, caller: Caller, { values, writing }: SettingBack): Promise<void> {
  const changes = authenticationMethodsPolicyChanges.parse(values)
  const { settings: before } = await stores.methodPolicySettings.get()
  await requireTargets(stores, changes)
  await saveSettings(stores, caller, { before, after: settingsAfter(before, changes) }, writing)
}
