import type { Caller } from '#server/domain/caller.ts'
import { defaultMethod, type SecondFactor } from '#server/domain/default-method.ts'
import { getPersonToRead } from '#server/domain/person-methods.ts'
import { type PhoneType, phoneTypes } from '#server/domain/phone.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { reasonAgainst } from './causes.ts'
import { entriesOf } from './entries.ts'
import type { Entry, Facts, SecondStep } from './entry.ts'
import { type Cause, CauseFinder } from './find-cause.ts'
import { type Permit, Permits, type PersonAct } from './permits.ts'
import { phoneKinds } from './phone-entries.ts'
import { factsOf } from './read-security-info.ts'

export interface PersonEntry extends Entry {
  phoneType: PhoneType | undefined
  cause: Cause | undefined
}

export interface PersonMethods {
  user: User
  isWhole: boolean
  facts: Facts
  entries: readonly PersonEntry[]
  newNumberCause: Cause | undefined
  choices: readonly SecondStep[]
  chosen: SecondFactor | undefined
  effective: SecondStep | undefined
  reregistrationSince: Date | undefined
  changeNumbers: Permit
  changeAddress: Permit
  acts: Record<PersonAct, Permit>
}

/** All that an administrator sees of somebody's methods at this moment, and what they may do about it. */
export async function readPersonMethods(system: System, caller: Caller, idOrName: string): Promise<PersonMethods> {
  const { user, isWhole } = await getPersonToRead(system, caller, idOrName, system.now())
  const facts = await factsOf(system, user.id)
  const permits = new Permits(caller, await system.authority.targetOf(user.id), system.now())
  const causes = new CauseFinder(system, { caller, permits, facts })
  const entries: PersonEntry[] = []
  for (const entry of entriesOf(facts)) {
    const phoneType = phoneTypes.find((type) => phoneKinds[type] === entry.kind)
    const phone = facts.phones.find(({ type }) => type === phoneType)
    const reason = entry.method?.smsSignIn?.because
    entries.push({ ...entry, phoneType, cause: phone && (await causes.find(reason, phone.number)) })
  }
  const choices = entries.flatMap(({ method }) => method?.secondSteps ?? [])
  const { defaultMethod: chosen } = facts.choices
  const effective = defaultMethod(chosen, new Set(choices.map(({ method }) => method)))
  return {
    user,
    isWhole,
    facts,
    entries,
    newNumberCause: await causes.find(reasonAgainst(facts, undefined)),
    choices,
    chosen,
    effective: choices.find(({ method }) => method === effective),
    reregistrationSince: await system.reregistrations.requiredSince(user.id),
    changeNumbers: permits.changeNumbers,
    changeAddress: permits.changeAddress,
    acts: permits.all(),
  }
}
