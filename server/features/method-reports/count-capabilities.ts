import type { CapabilitiesBody } from '#contract/graph/reports.ts'
import type { System } from '#server/system.ts'
import { reportPolicies } from './export-dependents.ts'
import { everybodyIncluded } from './rules.ts'

type Needs = Pick<System, 'methodReports' | 'methodPolicies' | 'phones' | 'now'>

/** How many can do what with what they have registered. */
export async function countCapabilities(system: Needs): Promise<CapabilitiesBody> {
  const counts = await system.methodReports.counts(everybodyIncluded, await reportPolicies(system))
  return {
    totalUserCount: counts.people,
    reportDateTime: system.now().toISOString(),
    value: [
      { capability: 'resetPassword', userCount: counts.ssprRegistered },
      { capability: 'twoStep', userCount: counts.mfaCapable },
      { capability: 'withoutPassword', userCount: await system.phones.countSignInNames() },
    ],
  }
}
