/** Who of those with a role for it may use My Staff. Nobody without a role ever does. */
export interface StaffSettings {
  access: 'all' | 'selected' | 'none'
  /** Those whose members may, at any depth, where access is `selected`. */
  groupIds: readonly string[]
}

export const usualStaffSettings: StaffSettings = { access: 'all', groupIds: [] }
