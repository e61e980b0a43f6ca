import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { Unit } from '#server/domain/administrative-unit.ts'
import type { Group } from '#server/domain/group.ts'
import { everybody } from '#server/domain/method-policy.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'
import type { User, UserChanges } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'

/** An organisation with a clock that can be turned, and who and what was in it before the story began: written straight into the store. */
export class Story {
  readonly system: System
  readonly domain: string
  protected readonly clock: { now: Date }

  constructor(system: System, domain: string, clock: { now: Date }) {
    this.system = system
    this.domain = domain
    this.clock = clock
  }

  get now(): Date {
    return this.clock.now
  }

  turnClock(milliseconds: number): void {
    this.clock.now = new Date(this.clock.now.getTime() + milliseconds)
  }

  /** A person written straight into the store, as one who was there before the story began. */
  async person(name: string, changes: UserChanges = {}): Promise<User> {
    const id = randomUUID()
    const userPrincipalName = name.includes('@') ? name : `${name}@${this.domain}`
    const user = { displayName: name, mailNickname: name.replaceAll(/\W/g, ''), accountEnabled: true, ...changes, id, userPrincipalName }
    await this.system.inTransaction(({ users }) => users.add(user, this.now))
    return (await this.system.users.find(id)) ?? assert.fail('the person just added is not there')
  }

  /** A group that was there before the story began, with these people and groups in it. */
  async group(name: string, { members = [], owners = [], isAssignableToRole = false }: GroupStory = {}): Promise<Group> {
    const group = {
      id: randomUUID(),
      displayName: name,
      description: undefined,
      mailNickname: name.replaceAll(/\W/g, ''),
      isAssignableToRole,
    }
    await this.system.inTransaction(async ({ groups, groupMembers, memberships }) => {
      await groups.add(group, this.now)
      for (const member of (await memberships.findMembers(members.map(({ id }) => id))).values()) await groupMembers.add(group.id, member)
      for (const owner of owners) await groupMembers.addOwner(group.id, owner.id)
    })
    return (await this.system.groups.find(group.id)) ?? assert.fail('the group just added is not there')
  }

  async unit(name: string, { members = [], visibility, isRestricted = false }: UnitStory = {}): Promise<Unit> {
    const unit = { id: randomUUID(), displayName: name, description: undefined, visibility, isRestricted }
    await this.system.inTransaction(async ({ units, memberships }) => {
      await units.add(unit, this.now)
      for (const member of (await memberships.findMembers(members.map(({ id }) => id))).values()) await units.addMember(unit.id, member)
    })
    return unit
  }

  async giveRole(
    principalId: string,
    role: RoleName,
    scope: RoleScope = { kind: 'tenant' },
    principalKind: 'user' | 'group' = 'user',
  ): Promise<void> {
    await this.system.inTransaction(({ roles }) =>
      roles.add({ id: randomUUID(), roleId: roleIdOf(role), principalId, principalKind, scope }, this.now),
    )
  }

  /** A number that was given to this person before the story began; it names them at sign-in unless told otherwise. */
  async number(user: { id: string }, text: string, { signIn = true, type = 'mobile' }: NumberStory = {}): Promise<PhoneNumber> {
    const parsed = parsePhoneNumber(text)
    assert.ok(parsed.kind === 'number', `${text} is no number`)
    const phone = {
      userId: user.id,
      type,
      number: parsed.number,
      isSignInName: signIn,
      signInWish: signIn ? 'wanted' : 'never tried',
    } as const
    assert.ok(await this.system.inTransaction(({ phones }) => phones.add(phone, this.now)), `${text} is taken`)
    return parsed.number
  }

  /** A password that was set before the story began. */
  async password(user: { id: string }, text: string, { mustChange = false } = {}): Promise<void> {
    const password = { hash: await this.system.passwords.hash(text), mustChange }
    await this.system.inTransaction(({ users }) => users.change(user.id, { password }, this.now))
    this.system.reload()
  }

  /** A method everybody may use, or these people only; perhaps they have to register it. */
  async allow(
    method: PolicyId,
    { group, usableForSignIn = true, demanded = false }: { group?: { id: string }; usableForSignIn?: boolean; demanded?: boolean } = {},
  ): Promise<void> {
    const target = {
      kind: 'group',
      id: group?.id ?? everybody,
      isExcluded: false,
      isUsableForSignIn: usableForSignIn,
      isRegistrationRequired: demanded,
    } as const
    await this.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set(method, { isEnabled: true, targets: [target], settings: {} }),
    )
  }
}

interface GroupStory {
  members?: readonly { id: string }[]
  owners?: readonly { id: string }[]
  isAssignableToRole?: boolean
}

interface NumberStory {
  signIn?: boolean
  type?: PhoneType
}

interface UnitStory {
  members?: readonly { id: string }[]
  visibility?: Unit['visibility']
  isRestricted?: boolean
}
