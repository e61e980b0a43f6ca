import {
  application,
  applicationChanges,
  applications,
  newApplication,
  newPassword,
  oneApplication,
  passwordCredential,
  passwordRemoval,
} from '#contract/graph/applications.ts'
import type { App } from '#server/domain/app.ts'
import { getObjectId } from '#server/domain/directory-object.ts'
import type { Page } from '#server/domain/query.ts'
import { list, noContent, one } from '#server/http/answers.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { addSecret } from './add-secret.ts'
import { changeApp } from './change-app.ts'
import { createApp } from './create-app.ts'
import { deleteApp } from './delete-app.ts'
import { getApp } from './get-app.ts'
import { presentApp, presentSecret } from './present-app.ts'
import { removeSecret } from './remove-secret.ts'

export const appRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/applications',
    permission: 'apps.read',
    summary: 'List the apps this organisation registered',
    queryable: applications,
    answers: { status: 200, schema: application, list: true },
    handle: async (call) => answerApps(call, await call.system.apps.list(call.query)),
  }),
  route({
    method: 'POST',
    path: '/applications',
    permission: 'apps.change',
    summary: 'Register an app; a service principal then lets it in',
    body: newApplication,
    answers: { status: 201, schema: application },
    handle: async (call) => {
      const { displayName, ...settings } = call.body
      return answerApp(call, await createApp(call.system, call.caller, displayName, settings), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/applications/:id',
    permission: 'apps.read',
    summary: 'Read one registered app, by object id or client id',
    queryable: oneApplication,
    answers: { status: 200, schema: application },
    handle: async (call) => answerApp(call, await getApp(call.system, getObjectId(call.params.id))),
  }),
  route({
    method: 'PATCH',
    path: '/applications/:id',
    permission: 'apps.credentials.change',
    summary: 'Change an app, its addresses or its public keys',
    body: applicationChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body: { keyCredentials, ...settings } }) => {
      await changeApp(system, caller, getObjectId(params.id), { settings, keys: keyCredentials })
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/applications/:id',
    permission: 'apps.change',
    summary: 'Delete an app for good',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await deleteApp(system, caller, getObjectId(params.id))
      return noContent
    },
  }),
  route({
    method: 'POST',
    path: '/applications/:id/addPassword',
    permission: 'apps.credentials.change',
    summary: 'Make a secret for an app; it is told this once',
    body: newPassword,
    answers: { status: 200, schema: passwordCredential },
    handle: async ({ system, caller, params, body: { passwordCredential: wanted }, base }) => {
      const { text, ...secret } = await addSecret(system, caller, getObjectId(params.id), {
        displayName: wanted?.displayName ?? undefined,
        startsAt: wanted?.startDateTime ?? undefined,
        endsAt: wanted?.endDateTime ?? undefined,
      })
      return { status: 200, body: { '@odata.context': `${base}/$metadata#passwordCredential`, ...presentSecret(secret, text) } }
    },
  }),
  route({
    method: 'POST',
    path: '/applications/:id/removePassword',
    permission: 'apps.credentials.change',
    summary: 'Take a secret from an app',
    body: passwordRemoval,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await removeSecret(system, caller, getObjectId(params.id), body.keyId)
      return noContent
    },
  }),
]

async function answerApps(call: Call<unknown>, page: Page<App>): Promise<Answer> {
  const publisher = await publisherDomain(call)
  return list(call, 'applications', page, (app) => presentApp(app, publisher))
}

async function answerApp(call: Call<unknown>, app: App, status: 200 | 201 = 200): Promise<Answer> {
  return one(call, 'applications', presentApp(app, await publisherDomain(call)), status)
}

async function publisherDomain({ system }: Call<unknown>): Promise<string | undefined> {
  return (await system.domains.all()).find((domain) => domain.isDefault)?.name
}
