import { type StaffSettingsBody, staffSettings, staffSettingsChanges } from '#contract/graph/staff.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import type { Stores } from '#server/system.ts'
import { changeStaffSettings } from './change-staff-settings.ts'

export const staffSettingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/staffSettings',
    permission: 'staff-settings.read',
    summary: 'Read who may use My Staff',
    answers: { status: 200, schema: staffSettings },
    handle: async (call) => one(call, 'staffSettings', await present(call.system)),
  }),
  route({
    method: 'PATCH',
    path: '/staffSettings',
    permission: 'staff-settings.change',
    summary: 'Change who may use My Staff',
    body: staffSettingsChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, body: { access, groupIds } }) => {
      const wanted = { ...(access !== undefined && { access }), ...(groupIds !== undefined && { groupIds: [...new Set(groupIds)] }) }
      await changeStaffSettings(system, caller, wanted)
      return noContent
    },
  }),
]

/** A group that was deleted since is told without a name. */
async function present({ staffSettings: store, memberships }: Stores): Promise<StaffSettingsBody> {
  const { access, groupIds } = await store.get()
  const found = await memberships.findMembers(groupIds)
  return { id: 'staffSettings', access, groups: groupIds.map((id) => ({ id, displayName: found.get(id)?.displayName ?? null })) }
}
