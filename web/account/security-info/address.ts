import { go, useAddress } from '../../kit/routing/address.ts'
import { addressOf } from '../addresses.ts'

/** What the page asks or shows above its list. It stands in the address, so a reload or a new sign-in comes back to it. */
export type Step =
  | { name: 'choose' }
  | WizardStep
  | { name: 'done'; kind: string; by: string }
  | { name: 'delete'; id: string }
  | { name: 'enable'; id: string }
  | { name: 'disable'; id: string }
  | { name: 'default' }

/** A wizard: for a new one, for another in the place of the present one, or for the present one once more. */
export interface WizardStep {
  name: 'add' | 'change' | 'prove'
  kind: string
  /** What was begun and not yet proven. */
  proofId?: string | undefined
}

type Named = { name: Step['name']; of: string }

const names: readonly Step['name'][] = ['add', 'change', 'prove', 'done', 'delete', 'enable', 'disable', 'default']
/** In the place of a kind or an id. */
const chooser = 'choose'

export function useStep(): Step | undefined {
  const { searchParams } = useAddress()
  const found = names.flatMap((name): Named[] => {
    const of = searchParams.get(name)
    return of === null ? [] : [{ name, of }]
  })[0]
  return found && stepOf(found, searchParams)
}

function stepOf({ name, of }: Named, query: URLSearchParams): Step {
  switch (name) {
    case 'add':
      return of === chooser ? { name: 'choose' } : { name, kind: of, proofId: query.get('proof') ?? undefined }
    case 'change':
    case 'prove':
      return { name, kind: of, proofId: query.get('proof') ?? undefined }
    case 'done':
      return { name, kind: of, by: query.get('by') ?? '' }
    case 'delete':
    case 'enable':
    case 'disable':
      return { name, id: of }
    default:
      return { name: 'default' }
  }
}

/** Opens a step; what takes the place of another one is skipped on the way back. */
export function goTo(step: Step, replace = false): void {
  go(`${pagePath()}?${queryOf(step)}`, { replace })
}

export function leaveStep(): void {
  go(pagePath(), { replace: true })
}

function queryOf(step: Step): URLSearchParams {
  switch (step.name) {
    case 'choose':
      return new URLSearchParams({ add: chooser })
    case 'add':
    case 'change':
    case 'prove':
      return new URLSearchParams({ [step.name]: step.kind, ...(step.proofId !== undefined && { proof: step.proofId }) })
    case 'done':
      return new URLSearchParams({ done: step.kind, by: step.by })
    case 'default':
      return new URLSearchParams({ default: chooser })
    default:
      return new URLSearchParams({ [step.name]: step.id })
  }
}

function pagePath(): string {
  return addressOf('/security-info')
}
