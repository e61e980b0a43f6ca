import type { z } from 'zod'
import type { PermissionName } from '#server/domain/permissions.ts'
import { getPersonToRead } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { one, type Properties, wholeList } from './answers.ts'
import { type Call, forSelfToo, type Route, route } from './route.ts'

interface Reading {
  /** The last part of the address, and of what answers say they are. */
  collection: string
  permission?: { others: PermissionName; own: PermissionName }
  schema: z.ZodType
  summaries: { list: string; one: string }
  /** `isWhole`: whoever asks sees numbers and addresses in full. */
  itemsOf(system: System, person: { user: User; isWhole: boolean }): Promise<Properties[]> | Properties[]
}

const usualPermission = { others: 'methods.read', own: 'methods.read-own' } as const

/** The doors through which what a person proves themselves with is seen, by whoever may see theirs and by themselves: all of a kind, and one of it. */
export function readingDoors({ collection, permission = usualPermission, schema, summaries, itemsOf }: Reading): Route[] {
  const path = `/users/:id/authentication/${collection}`
  const read = async ({ system, caller, params }: Call<unknown>) => {
    const person = await getPersonToRead(system, caller, params.id ?? '', system.now())
    return { kind: `users('${person.user.id}')/authentication/${collection}`, items: await itemsOf(system, person) }
  }
  const all = route({
    method: 'GET',
    path,
    permission: permission.others,
    summary: summaries.list,
    answers: { status: 200, schema, list: true },
    handle: async (call) => {
      const { kind, items } = await read(call)
      return wholeList(call, kind, items)
    },
  })
  const single = route({
    method: 'GET',
    path: `${path}/:methodId`,
    permission: permission.others,
    summary: summaries.one,
    answers: { status: 200, schema },
    handle: async (call) => {
      const { kind, items } = await read(call)
      const { methodId: id = '' } = call.params
      return one(call, kind, items.find((item) => item.id === id.toLowerCase()) ?? refuse('object_not_found', { id }))
    },
  })
  return [all, single].flatMap((row) => forSelfToo(permission.own, row))
}
