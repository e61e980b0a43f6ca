/** The group everybody is in. */
export const everybody = 'all_users'

/** Which people a method is for, and which it is not for after all. */
export interface MethodTarget {
  kind: 'group' | 'user'
  id: string
  isExcluded: boolean
  /** As the first and only factor, beside as a second one. */
  isUsableForSignIn: boolean
}

export interface MethodPolicy {
  isEnabled: boolean
  targets: readonly MethodTarget[]
  /** What only this method has to decide. */
  settings: Readonly<Record<string, unknown>>
}

export const noPolicy: MethodPolicy = { isEnabled: false, targets: [], settings: {} }

/** What a method's policy says of one person. */
export interface MethodStanding {
  isEnabled: boolean
  isAllowed: boolean
  isUsableForSignIn: boolean
}

export interface PolicySubject {
  userId: string
  /** Every group they are in, at any depth. */
  groupIds: ReadonlySet<string>
}

export function methodStanding({ isEnabled, targets }: MethodPolicy, { userId, groupIds }: PolicySubject): MethodStanding {
  return standingAmong(
    isEnabled,
    targets.filter(({ kind, id }) => id === everybody || (kind === 'group' ? groupIds.has(id) : id === userId)),
  )
}

/** The same, where only the targets are given that the person falls under: who is excluded once is out, whatever else includes them. */
export function standingAmong(isEnabled: boolean, own: readonly Pick<MethodTarget, 'isExcluded' | 'isUsableForSignIn'>[]): MethodStanding {
  const isAllowed = isEnabled && own.length > 0 && !own.some((target) => target.isExcluded)
  return { isEnabled, isAllowed, isUsableForSignIn: isAllowed && own.some((target) => target.isUsableForSignIn) }
}
