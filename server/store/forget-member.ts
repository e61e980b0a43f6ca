import type { Connection } from './connection.ts'

/**
 * Nothing that pointed at this person or group may point at whoever gets their place: where they stood, the roles they had, those over them,
 * the methods they were let use.
 */
export async function forgetMember({ kysely }: Connection, tenantId: string, id: string): Promise<void> {
  for (const table of ['group_members', 'unit_members'] as const) {
    await kysely.deleteFrom(table).where('tenant_id', '=', tenantId).where('member_id', '=', id).execute()
  }
  await kysely.deleteFrom('method_targets').where('tenant_id', '=', tenantId).where('target_id', '=', id).execute()
  await kysely.deleteFrom('role_assignments').where('tenant_id', '=', tenantId).where('principal_id', '=', id).execute()
  await kysely
    .deleteFrom('role_assignments')
    .where('tenant_id', '=', tenantId)
    .where('scope_kind', '=', 'object')
    .where('scope_id', '=', id)
    .execute()
}
