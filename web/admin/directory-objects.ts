import type { Found } from '../kit/api/found-objects.ts'
import { setting } from '../kit/setting.ts'
import { message } from '../kit/words/message.ts'

/** Somebody or something that can stand in a list with others of another kind. */
export interface ObjectBody {
  '@odata.type'?: string
  id: string
  displayName: string
  userPrincipalName?: string
  description?: string | null
}

export const objectProperties = ['id', 'displayName', 'userPrincipalName', 'description'] as const

const kinds = {
  user: { address: '/admin/users', words: 'web.admin.objects.user' },
  group: { address: '/admin/groups', words: 'web.admin.objects.group' },
  administrativeUnit: { address: '/admin/units', words: 'web.admin.objects.administrativeUnit' },
  directoryRole: { address: '/admin/roles', words: 'web.admin.objects.directoryRole' },
} as const

function kindOf({ '@odata.type': type }: ObjectBody): keyof typeof kinds {
  const named = type?.split('.').at(-1)
  return Object.keys(kinds).find((kind): kind is keyof typeof kinds => kind === named) ?? 'user'
}

export function addressOfObject(one: ObjectBody): string {
  return `${kinds[kindOf(one)].address}/${one.id}`
}

export function kindText(one: ObjectBody): string {
  return message(kinds[kindOf(one)].words)
}

/** How `$ref` doors are told whom is meant. */
export function referenceTo({ id }: Pick<Found, 'id'>): { '@odata.id': string } {
  return { '@odata.id': `${setting().publicUrl}/v1.0/directoryObjects/${id}` }
}
