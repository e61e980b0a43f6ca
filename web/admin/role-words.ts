import { roleTemplates } from '#contract/graph/role-templates.ts'
import { message } from '../kit/words/message.ts'

/** What a role is called in the language of the page; the API calls it by its English name in every language, for scripts. */
export function nameOfRole(roleId: string, otherwise = roleId): string {
  const role = roleTemplates.find(({ id }) => id === roleId)
  return role ? message(`web.admin.role-words.${role.displayName}.name`) : otherwise
}

/** What it may do. */
export function toldOfRole(roleId: string, otherwise = ''): string {
  const role = roleTemplates.find(({ id }) => id === roleId)
  return role ? message(`web.admin.role-words.${role.displayName}.told`) : otherwise
}
