import { randomUUID } from 'node:crypto'
import { type NewUnitBody, newUnit, oneUnit, unit, unitChanges, units } from '#contract/graph/administrative-units.ts'
import { directoryObject, oneDirectoryObject } from '#contract/graph/directory-objects.ts'
import { reference } from '#contract/graph/references.ts'
import { hiddenUnitsSeenBy, type Unit } from '#server/domain/administrative-unit.ts'
import { getObjectId } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, noContent, one } from '#server/http/answers.ts'
import { presentObjects } from '#server/http/graph-directory-object.ts'
import { presentUnit } from '#server/http/graph-unit.ts'
import { addressListRoute, type ObjectList, objectListRoutes } from '#server/http/object-list.ts'
import { referencedId } from '#server/http/reference.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { addUnitMember } from './add-unit-member.ts'
import { changeUnit } from './change-unit.ts'
import { createUnit } from './create-unit.ts'
import { deleteUnit } from './delete-unit.ts'
import { removeUnitMember } from './remove-unit-member.ts'
import { requireMayReadMembers, wantedChanges } from './rules.ts'

const members: ObjectList = {
  path: '/directory/administrativeUnits/:id/members',
  permission: 'units.read',
  summary: 'List who and what is in an administrative unit',
  kinds: ['user', 'group'],
  relation: async (call) => ({ name: 'unitMembers', unitId: (await getReadableUnit(call)).id }),
}

export const administrativeUnitRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/directory/administrativeUnits',
    permission: 'units.read',
    summary: 'List the administrative units',
    queryable: units,
    answers: { status: 200, schema: unit, list: true },
    handle: async (call) => list(call, 'directory/administrativeUnits', await call.system.units.list(call.query), presentUnit),
  }),
  route({
    method: 'GET',
    path: '/directory/administrativeUnits/$count',
    permission: 'units.read',
    summary: 'Count administrative units',
    queryable: { ...units, selectable: [] },
    answers: { status: 200, text: true },
    handle: async ({ system, query }) => ({ status: 200, body: await system.units.count(query) }),
  }),
  route({
    method: 'POST',
    path: '/directory/administrativeUnits',
    permission: 'units.change',
    summary: 'Create an administrative unit',
    body: newUnit,
    answers: { status: 201, schema: unit },
    handle: async (call) => {
      const created = await createUnit(call.system, call.caller, wantedUnit(call.body))
      return one(call, 'directory/administrativeUnits', presentUnit(created), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/directory/administrativeUnits/:id',
    permission: 'units.read',
    summary: 'Read one administrative unit',
    queryable: oneUnit,
    answers: { status: 200, schema: unit },
    handle: async (call) => one(call, 'directory/administrativeUnits', presentUnit(await getUnit(call))),
  }),
  route({
    method: 'PATCH',
    path: '/directory/administrativeUnits/:id',
    permission: 'units.change',
    summary: 'Change an administrative unit',
    body: unitChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await changeUnit(system, caller, getObjectId(params.id), wantedChanges(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/directory/administrativeUnits/:id',
    permission: 'units.change',
    summary: 'Delete an administrative unit, and with it the roles over it',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await deleteUnit(system, caller, getObjectId(params.id))
      return noContent
    },
  }),
  ...objectListRoutes(members),
  addressListRoute(members),
  route({
    method: 'GET',
    path: '/directory/administrativeUnits/:id/members/:memberId',
    permission: 'units.read',
    summary: 'Read one member of an administrative unit',
    queryable: oneDirectoryObject,
    answers: { status: 200, schema: directoryObject },
    handle: async (call) => {
      const { id: unitId } = await getReadableUnit(call)
      const id = getObjectId(call.params.memberId)
      const found = (await call.system.units.hasMember(unitId, id)) ? await call.system.memberships.findMember(id) : undefined
      const [member] = found ? await presentObjects(call, [found], call.query.select) : []
      return one(call, 'directoryObjects', member ?? refuse('object_not_found', { id }))
    },
  }),
  route({
    method: 'POST',
    path: '/directory/administrativeUnits/:id/members/$ref',
    permission: 'units.change',
    summary: 'Put a person or a group into an administrative unit',
    body: reference,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await addUnitMember(system, caller, getObjectId(params.id), referencedId(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/directory/administrativeUnits/:id/members/:memberId/$ref',
    permission: 'units.change',
    summary: 'Take a person or a group out of an administrative unit',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await removeUnitMember(system, caller, getObjectId(params.id), getObjectId(params.memberId))
      return noContent
    },
  }),
]

async function getUnit({ system, params }: Call<unknown>): Promise<Unit> {
  const id = getObjectId(params.id)
  return (await system.units.find(id)) ?? refuse('object_not_found', { id })
}

async function getReadableUnit(call: Call<unknown>): Promise<Unit> {
  const found = await getUnit(call)
  const isMember = await call.system.units.hasMember(found.id, call.caller.id)
  requireMayReadMembers(found, hiddenUnitsSeenBy(call.caller), isMember)
  return found
}

function wantedUnit({ displayName, description, visibility, isMemberManagementRestricted }: NewUnitBody): Unit {
  return {
    id: randomUUID(),
    displayName,
    description: description ?? undefined,
    visibility: visibility ?? undefined,
    isRestricted: isMemberManagementRestricted ?? false,
  }
}
