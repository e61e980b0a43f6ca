import type { RoleName } from '#contract/graph/role-templates.ts'
import { covers } from '#server/domain/administer.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Group } from '#server/domain/group.ts'
import type { Domain } from '#server/domain/organization.ts'
import type { Phone } from '#server/domain/phone.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import type { Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { roleName } from '#server/domain/roles.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'
import { fold, type User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'
import type { PlannedPerson } from './plan-row.ts'
import type { WantedPerson } from './read-person.ts'

const groupAdministrators: readonly RoleName[] = ['Groups Administrator', 'User Administrator', 'Global Administrator']
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What many rows ask in common, read once for each batch: within it, nothing of this changes. */
export class BatchFacts {
  readonly domains: readonly Domain[]
  readonly #settings: SignInSettings
  readonly #stores: Stores
  #people: ReadonlyMap<string, User> = new Map()
  #holders = new Map<PhoneNumber, readonly Phone[]>()
  #owned: ReadonlyMap<string, readonly Phone[]> = new Map()
  readonly #groups = new Map<string, Group>()
  readonly #standings = new Map<string, boolean>()

  private constructor(stores: Stores, domains: readonly Domain[], settings: SignInSettings) {
    this.#stores = stores
    this.domains = domains
    this.#settings = settings
  }

  static async read(stores: Stores, wanted: readonly WantedPerson[]): Promise<BatchFacts> {
    const facts = new BatchFacts(stores, await stores.domains.all(), await stores.settings.get())
    facts.#people = await stores.users.findNamed(wanted.map(({ userPrincipalName }) => userPrincipalName))
    const numbers = new Set(wanted.flatMap((person) => person.numbers.map(({ number }) => number)))
    const found = await stores.phones.withNumbers([...numbers])
    facts.#holders = new Map([...numbers].map((number) => [number, found.get(number) ?? []]))
    facts.#owned = await stores.phones.ofUsers([...facts.#people.values()].map(({ id }) => id))
    return facts
  }

  personNamed(name: string): User | undefined {
    return this.#people.get(fold(name))
  }

  numbersOf(userId: string): readonly Phone[] {
    return this.#owned.get(userId) ?? []
  }

  async holdersOf(number: PhoneNumber): Promise<readonly Phone[]> {
    return this.#holders.get(number) ?? this.#stores.phones.withNumber(number)
  }

  /** A row of this batch was given this number, or gave it up. */
  numberChanged(number: PhoneNumber): void {
    this.#holders.delete(number)
  }

  /** Where numbers are nobody else's, having one is already a claim. */
  get isEachNumberOnePersons(): boolean {
    return this.#settings.uniqueNumbers === 'tenantWide'
  }

  async groupsNamed(names: readonly string[], caller: Caller | undefined): Promise<Group[]> {
    const groups = new Map<string, Group>()
    for (const name of names) {
      const group = this.#groups.get(name) ?? (await this.#groupNamed(name, caller))
      this.#groups.set(name, group)
      groups.set(group.id, group)
    }
    return [...groups.values()]
  }

  /** Whether policy lets a text sign this person in once they are in these groups too. Groups are asked as people are: by what is around them. */
  async letsSignIn({ id, before }: PlannedPerson, joined: readonly Group[]): Promise<boolean> {
    // Nobody who is new is in anything, so one answer fits them all.
    if (await this.#isUsable(before ? id : 'anybody')) return true
    for (const group of joined) if (await this.#isUsable(group.id)) return true
    return false
  }

  async #isUsable(id: string): Promise<boolean> {
    const known = this.#standings.get(id)
    if (known !== undefined) return known
    const { isUsableForSignIn } = await this.#stores.methodPolicies.standingOf('sms', id)
    this.#standings.set(id, isUsableForSignIn)
    return isUsableForSignIn
  }

  async #groupNamed(name: string, caller: Caller | undefined): Promise<Group> {
    const found = guid.test(name)
      ? [...(await this.#stores.groups.findMany([name.toLowerCase()])).values()]
      : (await this.#stores.groups.list(calledThis(name))).items
    const [group, another] = found
    if (!group) return refuse('import_group_unknown', { group: name.slice(0, 64) })
    if (another) refuse('import_group_twice', { group: name.slice(0, 64) })
    // Who holds a role is decided one by one.
    if (group.isAssignableToRole) refuse('import_role_group', { group: group.displayName })
    if (caller) await this.#requireReach(caller, group)
    return group
  }

  async #requireReach(caller: Caller, { id }: Group): Promise<void> {
    const place = await this.#stores.groups.placeOf(id)
    const isReached = caller.isApp
      ? place.restrictedUnitIds.length === 0
      : caller.roles.some((role) => groupAdministrators.some((name) => name === roleName(role.roleId)) && covers(role, place))
    if (!isReached) refuse('group_out_of_reach', { roles: groupAdministrators.join(', ') })
  }
}

function calledThis(name: string): Query {
  return {
    filter: { kind: 'compare', property: 'displayName', operator: 'eq', value: name },
    search: undefined,
    orderBy: undefined,
    select: undefined,
    expand: [],
    top: 2,
    count: false,
    after: undefined,
  }
}
