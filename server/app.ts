import { randomUUID } from 'node:crypto'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { Refusal } from '#server/domain/refusal.ts'
import { administrativeUnitRoutes } from '#server/features/administrative-units/routes.ts'
import { appRoutes } from '#server/features/apps/routes.ts'
import { auditOwnRoutes, auditRoutes } from '#server/features/audit/routes.ts'
import { authenticationMethodRoutes } from '#server/features/authentication-methods/routes.ts'
import { mountBootstrap } from '#server/features/bootstrap/pages.ts'
import { brandingOwnRoutes, brandingRoutes } from '#server/features/branding/routes.ts'
import { checklistRoutes } from '#server/features/checklist/routes.ts'
import { directoryObjectRoutes } from '#server/features/directory-objects/routes.ts'
import { emailAddressRoutes, ownAddressRoutes } from '#server/features/email-addresses/routes.ts'
import { gatewayRoutes } from '#server/features/gateways/routes.ts'
import { groupRoutes } from '#server/features/groups/routes.ts'
import { importRoutes } from '#server/features/imports/routes.ts'
import { type InboxToShow, mountInbox } from '#server/features/inbox/pages.ts'
import { licenceRoutes } from '#server/features/licences/routes.ts'
import { methodPolicyOwnRoutes, methodPolicyRoutes } from '#server/features/method-policy/routes.ts'
import { methodReportOwnRoutes, methodReportRoutes } from '#server/features/method-reports/routes.ts'
import { mountNotices } from '#server/features/notices/pages.ts'
import { organizationRoutes } from '#server/features/organization/routes.ts'
import { ownSessionRoutes } from '#server/features/own-sessions/routes.ts'
import { ownSignInRoutes } from '#server/features/own-sign-ins/routes.ts'
import { passRoutes } from '#server/features/passes/routes.ts'
import { ownPasswordRoutes, passwordRoutes } from '#server/features/passwords/routes.ts'
import { ownNumberRoutes, phoneNumberRoutes } from '#server/features/phone-numbers/routes.ts'
import { reportRoutes } from '#server/features/reports/routes.ts'
import { reregistrationRoutes } from '#server/features/reregistration/routes.ts'
import { roleRoutes } from '#server/features/roles/routes.ts'
import { personMethodRoutes, securityInfoRoutes } from '#server/features/security-info/routes.ts'
import { servicePrincipalRoutes } from '#server/features/service-principals/routes.ts'
import { protocolPages } from '#server/features/sign-in/pages/protocol-pages.ts'
import { drawingRefusals } from '#server/features/sign-in/pages/refused-page.ts'
import { endingEverywhere } from '#server/features/sign-in/pages/sign-out-page.ts'
import { SignInDoors } from '#server/features/sign-in/pages/visit.ts'
import { mountSignIn } from '#server/features/sign-in/pages.ts'
import { signInRoutes } from '#server/features/sign-in/routes.ts'
import { signInLogOwnRoutes, signInLogRoutes } from '#server/features/sign-in-log/routes.ts'
import { signInPreferencesRoutes } from '#server/features/sign-in-preferences/routes.ts'
import { signInSettingsRoutes } from '#server/features/sign-in-settings/routes.ts'
import { spendingRoutes } from '#server/features/spending/routes.ts'
import { mountCallBacks } from '#server/features/staff/pages.ts'
import { staffRoutes } from '#server/features/staff/routes.ts'
import { staffSettingsRoutes } from '#server/features/staff-settings/routes.ts'
import { mountTryIt } from '#server/features/try-it/pages.ts'
import { userOwnRoutes, userRoutes } from '#server/features/users/routes.ts'
import { egress } from '#server/gateways/egress.ts'
import type { CallInbox } from '#server/gateways/voice/inbox.ts'
import type { WebFiles } from '#server/gateways/web-files.ts'
import { mountApiReference } from '#server/http/api-reference.ts'
import { mountBatch } from '#server/http/batch.ts'
import type { Certificate } from '#server/http/certificate.ts'
import { answerClientError, refuseExpectations } from '#server/http/client-error.ts'
import { meet } from '#server/http/doorstep.ts'
import { mountGraph } from '#server/http/graph.ts'
import { mountHealth } from '#server/http/health.ts'
import { mountMetrics } from '#server/http/metrics.ts'
import { mountOpenapi } from '#server/http/openapi.ts'
import { mountOpenid } from '#server/http/openid.ts'
import { mountAnywhere } from '#server/http/openid-anywhere.ts'
import { operationsOf } from '#server/http/operations.ts'
import { watchAddresses } from '#server/http/other-methods.ts'
import { answerError } from '#server/http/refusal-answer.ts'
import { logRequests } from '#server/http/request-log.ts'
import type { Route } from '#server/http/route.ts'
import { strictJson } from '#server/http/strict-json.ts'
import { mountWebApps } from '#server/http/web-apps.ts'
import { mountCallReports, type Reporter } from '#server/methods/voice/routes.ts'
import { userInfoOf } from '#server/oidc/account-claims.ts'
import { Interactions } from '#server/oidc/interactions.ts'
import { providersOf } from '#server/oidc/providers.ts'
import { tellApps } from '#server/oidc/tell-apps.ts'
import type { Installation } from '#server/system.ts'

const bodyMaxBytes = 64 * 1024
const pathPartMaxLength = 512

const graphPrefixes = ['/v1.0', '/beta']
const sesamPrefix = '/sesam/v1'

/** Every door of the management API. */
export const graphRoutes: readonly Route[] = [
  ...userRoutes,
  ...groupRoutes,
  ...administrativeUnitRoutes,
  ...directoryObjectRoutes,
  ...licenceRoutes,
  ...organizationRoutes,
  ...brandingRoutes,
  ...roleRoutes,
  ...phoneNumberRoutes,
  ...emailAddressRoutes,
  ...passRoutes,
  ...passwordRoutes,
  ...authenticationMethodRoutes,
  ...signInPreferencesRoutes,
  ...appRoutes,
  ...servicePrincipalRoutes,
  ...methodPolicyRoutes,
  ...auditRoutes,
  ...signInLogRoutes,
  ...methodReportRoutes,
]

/** What Graph has no address for, in the same style. */
export const sesamRoutes: readonly Route[] = [
  ...userOwnRoutes,
  ...securityInfoRoutes,
  ...personMethodRoutes,
  ...ownSessionRoutes,
  ...ownSignInRoutes,
  ...signInSettingsRoutes,
  ...gatewayRoutes,
  ...reregistrationRoutes,
  ...spendingRoutes,
  ...checklistRoutes,
  ...brandingOwnRoutes,
  ...signInRoutes,
  ...ownNumberRoutes,
  ...ownAddressRoutes,
  ...ownPasswordRoutes,
  ...methodPolicyOwnRoutes,
  ...auditOwnRoutes,
  ...signInLogOwnRoutes,
  ...reportRoutes,
  ...importRoutes,
  ...methodReportOwnRoutes,
  ...staffRoutes,
  ...staffSettingsRoutes,
]

export const operations = operationsOf(graphRoutes, sesamRoutes, sesamPrefix)

/** Every door with every address it stands at. */
export const doors: readonly { route: Route; prefix: string }[] = [
  ...graphRoutes.flatMap((route) => graphPrefixes.map((prefix) => ({ route, prefix }))),
  ...sesamRoutes.map((route) => ({ route, prefix: sesamPrefix })),
]

export interface AppOptions {
  installation: Installation
  log: FastifyBaseLogger
  /** The host names this server answers to; any other gets 421. Only the health doors answer to all, since probes use bare addresses. */
  hosts: ReadonlySet<string>
  trustedProxies: readonly string[]
  /** With one it speaks https, without one http. */
  certificate?: Certificate | undefined
  metricsToken: string | undefined
  /** In an evaluation, where texts go instead of to phones: everybody who reaches the server may read them. */
  inbox?: InboxToShow | undefined
  /** And the calls. */
  callInbox?: CallInbox | undefined
  /** Who may report what became of a call. */
  voiceGateways?: readonly Reporter[] | undefined
  /** And the mails. */
  mailInbox?: InboxToShow | undefined
  /** In an evaluation, the client id of the app to try signing in to. */
  sampleAppId?: string | undefined
  /** The built web apps; without them their addresses say that they are not built. */
  webFiles?: WebFiles | undefined
  isDraining?: () => boolean
}

type ServerOptions = Pick<AppOptions, 'log' | 'hosts' | 'trustedProxies' | 'certificate'> & { now: () => Date }

function makeServer({ log, hosts, trustedProxies, certificate, now }: ServerOptions): FastifyInstance {
  // Without a host name it is for us to say no, in our words.
  const http = { headersTimeout: 10_000, maxHeaderSize: 16 * 1024, requireHostHeader: false }
  const options: FastifyServerOptions = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyMaxBytes,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    // Our lines name their request themselves; a logger of its own for each request would be made for nothing.
    childLoggerFactory: (logger) => logger,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: pathPartMaxLength },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      try {
        meet(request, reply, hosts)
        answerError(error, request, reply, now())
      } catch (refusal) {
        answerError(refusal, request, reply, now())
      }
    },
  }
  return fastify({ ...options, ...(certificate ? { https: { ...http, ...certificate.options } } : { http }) })
}

export function createApp(options: AppOptions): FastifyInstance {
  const { installation, hosts, metricsToken, isDraining = () => false } = options
  const { now } = installation.parts
  const app = makeServer({ ...options, now })
  refuseExpectations(app.server)
  app.decorateRequest('identified', undefined)
  app.addHook('onRequest', async (request, reply) => meet(request, reply, hosts))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, text: string | Buffer) =>
    text.length === 0 ? undefined : strictJson(String(text)),
  )
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, now()))
  const methodsAt = watchAddresses(app)
  app.setNotFoundHandler((request, reply) => {
    const allow = methodsAt(request.url)
    return answerError(allow ? new Refusal('method_not_allowed', { allow }) : new Refusal('path_unknown'), request, reply, now())
  })
  logRequests(app)
  mountMetrics(app, metricsToken, () => installation.countMessages())
  mountHealth(app, installation, isDraining)
  mountGraph(app, installation, graphRoutes, graphPrefixes)
  mountGraph(app, installation, sesamRoutes, [sesamPrefix])
  mountBatch(app, installation, graphPrefixes)
  const servers = graphPrefixes.map((prefix) => installation.parts.publicUrl + prefix)
  mountOpenapi(app, operations, servers, installation.parts.publicUrl)
  mountApiReference(app, operations, servers)
  const fetch = egress({ allowsLoopback: options.inbox !== undefined })
  const failed = (error: unknown, requestId: string) => options.log.error({ requestId, err: error }, 'openid')
  const providers = providersOf(installation, { ...protocolPages, fetch }, failed)
  installation.signOuts.listen((tenantId, sessions) => {
    tellApps(providers, tenantId, sessions).catch((error: unknown) => failed(error, ''))
  })
  mountAnywhere(app, installation)
  const interactions = new Interactions(providers)
  const endEverywhere = endingEverywhere(installation, interactions)
  mountOpenid(app, { installation, providers, endEverywhere, drawRefusal: drawingRefusals(installation), userInfoOf })
  mountPages(app, installation, interactions)
  mountNotices(app, installation)
  mountWebApps(app, installation, options.webFiles)
  mountCallReports(app, installation, [...(options.voiceGateways ?? []), ...(options.callInbox ? [options.callInbox] : [])])
  const inboxes = [options.inbox, options.mailInbox].filter((inbox) => inbox !== undefined)
  if (inboxes.length > 0) mountInbox(app, inboxes, options.callInbox && connected(app, options.callInbox, installation))
  if (options.sampleAppId) mountSampleApp(app, options.sampleAppId, installation)
  return app
}

/** The phone on the inbox page reports at the front door like any provider, only that the way there does not leave the process. */
function connected(app: FastifyInstance, calls: CallInbox, installation: Installation): CallInbox {
  const { host, origin } = new URL(installation.parts.publicUrl)
  calls.connect(async (address, body, headers) => {
    const all = { host, 'content-type': 'application/json', ...headers }
    const answer = await app.inject({ method: 'POST', url: address.slice(origin.length), headers: all, payload: body })
    return answer.statusCode === 200 ? answer.json() : undefined
  })
  return calls
}

function readForms(pages: FastifyInstance): void {
  pages.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async (_request: unknown, text: string | Buffer) =>
    Object.fromEntries(new URLSearchParams(String(text))),
  )
}

/** Forms are read on pages only: a form that another site makes a browser send must not open a door of the API. */
function mountPages(app: FastifyInstance, installation: Installation, interactions: Interactions): void {
  app.register(async (pages) => {
    readForms(pages)
    mountBootstrap(pages, installation, interactions)
  })
  app.register(async (pages) => {
    readForms(pages)
    mountCallBacks(pages, installation)
  })
  app.register(async (pages) => {
    readForms(pages)
    mountSignIn(pages, new SignInDoors(installation, interactions))
  })
}

/** The sample app asks for its tokens at the front door like any other, only that the way there does not leave the process. */
function mountSampleApp(app: FastifyInstance, appId: string, installation: Installation): void {
  const { host } = new URL(installation.parts.publicUrl)
  const redeem = async (url: string, form: URLSearchParams) => {
    const headers = { host, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await app.inject({ method: 'POST', url, headers, payload: form.toString() })
    return answer.json()
  }
  app.register(async (pages) => {
    readForms(pages)
    mountTryIt(pages, installation, { appId, redeem })
  })
}
