/** The group everybody is in. */
export const everybody = 'all_users'

/** Which people a method is for, and which it is not for after all. */
export interface MethodTarget {
  kind: 'group' | 'user'
  id: string
  isExcluded: boolean
  /** As the first and only factor, beside as a second one. */
  isUsableForSignIn: boolean
  /** People here are to register the method; not when it is missing. */
  isRegistrationRequired?: boolean
  /** What only this method has to decide about a target. */
  settings?: Readonly<Record<string, unknown>>
}

/** What a missing licence means: nothing, a warning to who decides, or that the method is not for this person. */
export type LicenceMode = 'off' | 'warn' | 'enforce'

export interface MethodPolicy {
  isEnabled: boolean
  targets: readonly MethodTarget[]
  /** What only this method has to decide. */
  settings: Readonly<Record<string, unknown>>
}

/** Until somebody decides: off. Turned on and nothing more, it is for everybody, and as a second factor only. */
export const noPolicy: MethodPolicy = {
  isEnabled: false,
  targets: [{ kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: false }],
  settings: {},
}

/** What a method's policy says of one person. */
export interface MethodStanding {
  isEnabled: boolean
  isAllowed: boolean
  isUsableForSignIn: boolean
  /** Who may use it has to register it. */
  isRegistrationRequired: boolean
}

export interface PolicySubject {
  userId: string
  /** Every group they are in, at any depth. */
  groupIds: ReadonlySet<string>
  /** Licences are enforced, and they have none. */
  lacksLicence?: boolean
}

export function methodStanding({ isEnabled, targets }: MethodPolicy, { userId, groupIds, lacksLicence }: PolicySubject): MethodStanding {
  return standingAmong(
    isEnabled,
    targets.filter(({ kind, id }) => id === everybody || (kind === 'group' ? groupIds.has(id) : id === userId)),
    lacksLicence,
  )
}

/** The same, where only the targets are given that the person falls under: who is excluded once is out, whatever else includes them. */
export function standingAmong(
  isEnabled: boolean,
  own: readonly Pick<MethodTarget, 'isExcluded' | 'isUsableForSignIn' | 'isRegistrationRequired'>[],
  lacksLicence = false,
): MethodStanding {
  const isAllowed = isEnabled && own.length > 0 && !own.some((target) => target.isExcluded) && !lacksLicence
  return {
    isEnabled,
    isAllowed,
    isUsableForSignIn: isAllowed && own.some((target) => target.isUsableForSignIn),
    isRegistrationRequired: isAllowed && own.some((target) => target.isRegistrationRequired),
  }
}
