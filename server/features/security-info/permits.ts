import { type Act, mayChangeRolesOf, type Target } from '#server/domain/administer.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy, requireMay, requirePermission, whyNot } from '#server/domain/decide.ts'
import type { PermissionName } from '#server/domain/permissions.ts'
import { Refusal } from '#server/domain/refusal.ts'

/** What would be refused; undefined where it would not. */
export type Permit = Refusal | undefined

/** What can be done to a person beside their numbers, each by the same rules as its door. */
export type PersonAct =
  | 'changeDefault'
  | 'requireReregistration'
  | 'resetPassword'
  | 'endSessions'
  | 'endWaits'
  | 'issuePass'
  | 'changeProfile'
  | 'changeContact'
  | 'changeUserName'
  | 'disable'
  | 'delete'
  | 'assignLicences'
  | 'giveRoles'

const doors = {
  changeDefault: ['methods.change', 'manage-methods'],
  requireReregistration: ['methods.change', 'manage-methods'],
  resetPassword: ['password.reset', 'reset-password'],
  endSessions: ['users.end-sessions', 'revoke-sessions'],
  issuePass: ['methods.change', 'issue-pass'],
  changeProfile: ['users.change', 'basic-change'],
  changeContact: ['users.change', 'contact-change'],
  changeUserName: ['users.change', 'sensitive-change'],
  disable: ['users.change', 'disable'],
  delete: ['users.remove', 'delete-or-restore'],
  assignLicences: ['licences.assign', 'assign-licence'],
} as const satisfies Partial<Record<PersonAct, readonly [PermissionName, Act]>>

/** What one caller may do to one person at one moment. */
export class Permits {
  readonly #caller: Caller
  readonly #target: Target
  readonly #now: Date

  constructor(caller: Caller, target: Target, now: Date) {
    this.#caller = caller
    this.#target = target
    this.#now = now
  }

  get changeNumbers(): Permit {
    return this.#over('phones.change', 'manage-methods')
  }

  get changeAddress(): Permit {
    return this.#over('methods.change', 'manage-methods')
  }

  /** Where it is about nobody in particular. */
  inGeneral(permission: PermissionName): Permit {
    return whyNot(() => requirePermission(this.#caller, permission, this.#now))
  }

  all(): Record<PersonAct, Permit> {
    const over = (name: keyof typeof doors) => {
      const [permission, act] = doors[name]
      return this.#over(permission, act)
    }
    return {
      changeDefault: over('changeDefault'),
      requireReregistration: over('requireReregistration'),
      resetPassword: over('resetPassword'),
      endSessions: over('endSessions'),
      endWaits: this.#endWaits(),
      issuePass: over('issuePass'),
      changeProfile: over('changeProfile'),
      changeContact: over('changeContact'),
      changeUserName: over('changeUserName'),
      disable: over('disable'),
      delete: over('delete'),
      assignLicences: over('assignLicences'),
      giveRoles: this.#giveRoles(),
    }
  }

  #over(permission: PermissionName, act: Act): Permit {
    return whyNot(() => {
      requirePermission(this.#caller, permission, this.#now)
      requireMay(this.#caller, [act], this.#target, this.#now)
    })
  }

  #endWaits(): Permit {
    if (this.#caller.id === this.#target.id) return new Refusal('not_on_yourself', { roles: 'Authentication Administrator' })
    return this.#over('sign-in-waits.end', 'manage-methods')
  }

  #giveRoles(): Permit {
    return whyNot(() => {
      requirePermission(this.#caller, 'roles.change', this.#now)
      allowedBy(mayChangeRolesOf(this.#caller, { id: this.#target.id, includesActor: false }, this.#now))
    })
  }
}
