export interface Group {
  id: string
  displayName: string
  description: string | undefined
  mailNickname: string
  /** Settled when the group is made. Such a group has no groups in it, and only who may give roles changes who is in it. */
  isAssignableToRole: boolean
  createdAt: Date
}

export type GroupChanges = Partial<Pick<Group, 'displayName' | 'description' | 'mailNickname'>>

export type NewGroup = Omit<Group, 'createdAt'>

/** Where a group stands: what decides who may change it. */
export interface GroupPlace {
  id: string
  unitIds: readonly string[]
  /** Those of `unitIds` that restrict who may manage their members. */
  restrictedUnitIds: readonly string[]
}

/** What a person has to do with a group. */
export interface GroupTies {
  isOwner: boolean
  /** Member at any depth. */
  isMember: boolean
}
