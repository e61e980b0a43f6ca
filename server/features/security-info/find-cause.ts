import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy, requirePermission, whyNot } from '#server/domain/decide.ts'
import { requireMayConnect } from '#server/domain/manage-group.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { mayReadMethods } from '#server/domain/read-methods.ts'
import type { System } from '#server/system.ts'
import { type CauseCode, codeOf, type PolicyPlace, type RemedyAct, waysIn } from './causes.ts'
import type { Facts } from './entry.ts'
import type { Permit, Permits } from './permits.ts'
import type { Reason } from './words.ts'

type Needs = Pick<
  System,
  'phones' | 'users' | 'authority' | 'methodPolicies' | 'memberships' | 'groups' | 'groupMembers' | 'licences' | 'now'
>

export interface Remedy {
  act: RemedyAct
  permit: Permit
  group?: { id: string; displayName: string }
  person?: { id: string; displayName: string; userPrincipalName: string }
}

export interface Cause {
  code: CauseCode
  reason: Reason
  remedies: readonly Remedy[]
}

/** Why a number names nobody, and what this caller could do about it or could ask somebody else for. */
export class CauseFinder {
  readonly #system: Needs
  readonly #caller: Caller
  readonly #permits: Permits
  readonly #facts: Facts

  constructor(system: Needs, { caller, permits, facts }: { caller: Caller; permits: Permits; facts: Facts }) {
    this.#system = system
    this.#caller = caller
    this.#permits = permits
    this.#facts = facts
  }

  async find(reason: Reason | undefined, number?: PhoneNumber): Promise<Cause | undefined> {
    const code = reason && codeOf(reason)
    return code && { code, reason, remedies: await this.#remedies(reason, number) }
  }

  async #remedies(reason: Reason, number: PhoneNumber | undefined): Promise<Remedy[]> {
    switch (reason) {
      case 'smsSignInDisabled':
        return [{ act: 'turnOnPolicy', permit: this.#permits.inGeneral('methods-policy.change') }]
      case 'smsSignInNotAllowed':
        return this.#waysIn()
      case 'countryNotAllowed':
        return [{ act: 'changeCountries', permit: this.#permits.inGeneral('sign-in-settings.change') }]
      case 'numberInUse':
        return number === undefined ? [] : this.#holders(number)
      case 'numberOnlyCalled':
      case 'numberWithoutTexts':
        return [{ act: 'replaceNumber', permit: this.#permits.changeNumbers }]
      case 'numberQuiet':
        return [{ act: 'confirmNumber', permit: this.#permits.changeNumbers }]
      default:
        return []
    }
  }

  async #waysIn(): Promise<Remedy[]> {
    const { id } = this.#facts.user
    const { assignLicence, groups } = waysIn(await this.#place(), id)
    const remedies: Remedy[] = []
    if (assignLicence) remedies.push({ act: 'assignLicence', permit: this.#permits.all().assignLicences })
    for (const groupId of groups) {
      const group = await this.#system.groups.find(groupId)
      if (group) remedies.push({ act: 'addToGroup', permit: await this.#mayAddTo(groupId), group })
    }
    return [...remedies, { act: 'changePolicy', permit: this.#permits.inGeneral('methods-policy.change') }]
  }

  async #place(): Promise<PolicyPlace> {
    const { methodPolicies, memberships, licences } = this.#system
    const { id } = this.#facts.user
    const policy = await methodPolicies.find('sms')
    const named = policy.targets.filter(({ kind }) => kind === 'group').map((target) => target.id)
    const relation = { name: 'transitiveMemberOf', id, hiddenUnits: 'all' } as const
    const groupIds = new Set(named.length > 0 ? await memberships.ids(relation, ['group'], named) : [])
    const isEnforced = (await methodPolicies.licenceMode('sms')) === 'enforce'
    const held = isEnforced ? await licences.ofUser(id) : []
    return { policy, groupIds, lacksLicence: isEnforced && !held.some(({ skuId }) => skusForSmsSignIn.includes(skuId)) }
  }

  async #mayAddTo(groupId: string): Promise<Permit> {
    const { groups, groupMembers, now } = this.#system
    const group = await groups.find(groupId)
    const place = await groups.placeOf(groupId)
    const ties = await groupMembers.tiesOf(groupId, this.#caller.id)
    return whyNot(() => {
      requirePermission(this.#caller, 'groups.members.change', now())
      if (group) requireMayConnect(this.#caller, { group, place, ties }, this.#facts.user.id, now())
    })
  }

  /** Whose the number is, named to whoever may read that person's methods, and to nobody else. */
  async #holders(number: PhoneNumber): Promise<Remedy[]> {
    const { phones, users, authority } = this.#system
    const held = (await phones.withNumber(number)).filter(({ userId }) => userId !== this.#facts.user.id)
    const naming = held.filter(({ isSignInName }) => isSignInName)
    const remedies: Remedy[] = []
    for (const { userId } of naming.length > 0 ? naming : held) {
      const target = await authority.targetOf(userId)
      const permit = this.#permits.inGeneral('phones.read') ?? whyNot(() => allowedBy(mayReadMethods(this.#caller, target)))
      const person = permit ? undefined : await users.find(userId)
      remedies.push({ act: 'openHolder', permit, ...(person && { person }) })
    }
    return remedies
  }
}
