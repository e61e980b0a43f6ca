import assert from 'node:assert/strict'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { Unit } from '#server/domain/administrative-unit.ts'
import type { User } from '#server/domain/user.ts'
import type { Client, TestAnswer, World } from './world.ts'

/** A store with a manager and a few people: whoever looks after them does so in My Staff. */
export interface Store {
  unit: Unit
  manager: User
  client: Client
  anna: User
  bo: User
}

export const oldNumber = '+31612345678'
export const newNumber = '+31687654321'

/** Anna has a number she signs in with, Bo has none yet. */
export async function storeIn(world: World, { role = 'Authentication Administrator' }: { role?: RoleName } = {}): Promise<Store> {
  await world.allow('sms')
  const anna = await world.person('anna', { displayName: 'Anna Jansen', jobTitle: 'Cashier' })
  const bo = await world.person('bo', { displayName: 'Bo de Vries' })
  await world.number(anna, oldNumber)
  const manager = await world.person('maria', { displayName: 'Maria Smit' })
  const unit = await world.unit('Store 12', { members: [anna, bo, manager] })
  await world.giveRole(manager.id, role, { kind: 'unit', unitId: unit.id })
  return { unit, manager, client: await world.signedIn(manager.id), anna, bo }
}

export const at = (person: { id: string }, act = '') => `/sesam/v1/staff/people/${person.id}${act}`

export const inPerson = (phoneNumber: string) => ({ phoneNumber, isConfirmedInPerson: true })

/** The question as it reached the person: the link in the text to their old number. */
export async function linkTo(world: World, number = oldNumber): Promise<string> {
  const text = await world.textTo(number)
  return /https:\/\/sesam\.test(\/c\/[\w-]{43})/.exec(text)?.[1] ?? assert.fail(text)
}

/** What somebody does on the page behind the link, without a script. */
export function answer(world: World, link: string, fields: Record<string, string>): Promise<TestAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return world.send('POST', link, new URLSearchParams(fields).toString(), headers)
}

export function codeOf({ body, status, text }: TestAnswer): string {
  assert.ok(status >= 400, text)
  return body.error.details?.[0]?.code ?? body.error.code
}
