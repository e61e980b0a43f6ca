import { go, useAddress } from '../../../../kit/routing/address.ts'

/** The dialogs of this page, each with an address of its own. */
export const stepNames = [
  'add',
  'change',
  'delete',
  'enable',
  'disable',
  'default',
  'reset-password',
  'end-sessions',
  'end-waits',
  'require-reregistration',
  'cancel-reregistration',
  'delete-pass',
] as const

export type StepName = (typeof stepNames)[number]

export interface Step {
  name: StepName
  /** Of the method it is about. */
  id: string
}

export function useStep(): Step | undefined {
  const query = useAddress().searchParams
  const name = stepNames.find((one) => one === query.get('do'))
  return name && { name, id: query.get('method') ?? '' }
}

export function openStep(name: StepName, id?: string): void {
  const next = new URL(location.href)
  next.searchParams.set('do', name)
  if (id === undefined) next.searchParams.delete('method')
  else next.searchParams.set('method', id)
  go(next.pathname + next.search)
}

export function leaveStep(): void {
  go(location.pathname, { replace: true })
}
