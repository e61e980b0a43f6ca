import { type ChecklistBody, type ChecklistStep, checklistSteps } from '#contract/graph/checklist.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'gatewayHealth' | 'methodPolicies' | 'roles' | 'checklistSteps' | 'atOnce' | 'now'>

export const hidden = 'hidden'

const lookBackMs = 7 * 24 * 60 * 60_000

/** How far the organisation is. A step is ticked by whoever first looks after it was done, and unticked when it was undone. */
export async function readChecklist(system: Needs): Promise<ChecklistBody> {
  const reached = await system.checklistSteps.all()
  const facts = await readFacts(system, reached)
  const now = system.now()
  const steps: ChecklistBody['steps'] = []
  for (const id of checklistSteps) {
    const { isDone, since = now } = facts[id]
    const known = reached.get(id)
    if (isDone && !known) await system.atOnce.checklistSteps.reach(id, since)
    if (!isDone && known) await system.atOnce.checklistSteps.undo(id)
    steps.push({ id, isDone, doneDateTime: isDone ? (known ?? since).toISOString() : null })
  }
  return { id: 'checklist', isComplete: steps.every(({ isDone }) => isDone), isHidden: reached.has(hidden), steps }
}

interface Fact {
  isDone: boolean
  since?: Date | undefined
}

async function readFacts(system: Needs, reached: ReadonlyMap<string, Date>): Promise<Record<ChecklistStep, Fact>> {
  const { workedFirstAt } = await system.gatewayHealth.of('sms')
  const policy = await system.methodPolicies.find('sms')
  const inScope = policy.targets.some(({ isExcluded, isUsableForSignIn }) => !isExcluded && isUsableForSignIn)
  const administrators = await system.roles.globalAdministrators()
  const app = await system.checklistSteps.firstAppAt()
  // It happened once and stays true, though the log forgets it.
  const isKnown = reached.has('signIn')
  const signIn = isKnown ? undefined : await system.checklistSteps.firstSignInByNumber(new Date(system.now().getTime() - lookBackMs))
  return {
    gateway: { isDone: workedFirstAt !== undefined, since: workedFirstAt },
    policy: { isDone: policy.isEnabled },
    group: { isDone: policy.isEnabled && inScope },
    app: { isDone: app !== undefined, since: app },
    administrator: { isDone: administrators.length > 1 },
    signIn: { isDone: isKnown || signIn !== undefined, since: signIn },
  }
}
