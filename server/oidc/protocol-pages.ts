import type { IncomingHttpHeaders } from 'node:http'
import type { errors, KoaContextWithOIDC } from 'oidc-provider'
import type { DrawnPage } from '#server/http/page.ts'
import type { System } from '#server/system.ts'
import { endOfSignOut, findWhoSignsOut, type PassedOn, passedOnBy } from './passing-on.ts'

/** Who will read the page, as far as the request tells. */
export interface Reader {
  headers: IncomingHttpHeaders
  uiLocales: string | undefined
}

interface Form {
  action: string
  secret: string
}

/** The pages the protocol itself needs. Drawing them is not this room's business. */
export interface ProtocolPages {
  error(
    system: System,
    reader: Reader,
    error: { code: string; description: string | undefined; status: number; requestId: string },
  ): DrawnPage
  /** `endsAt` is where the app wants its person after signing out; `isProven` when it showed a token of the very session that is to end. */
  signOut(system: System, reader: Reader, form: Form & { endsAt: readonly string[]; isProven: boolean }): DrawnPage
  passingOn(system: System, reader: Reader, form: PassedOn & { endsAt: readonly string[] }): DrawnPage
  signedOut(system: System, reader: Reader): DrawnPage
  deviceCode(system: System, reader: Reader, form: Form & { userCode: string }, problem: string | undefined): DrawnPage
  deviceConfirm(system: System, reader: Reader, form: Form & { userCode: string }, appName: string): DrawnPage
  deviceDone(system: System, reader: Reader): DrawnPage
  /** What a device shows its user. */
  deviceMessage(system: System, reader: Reader, address: string, userCode: string): string
  /** The only way out of the house for what the protocol fetches or tells: addresses that apps registered. */
  fetch(address: string | URL | Request, options?: RequestInit): Promise<Response>
}

export function renderWith(pages: ProtocolPages, system: () => System) {
  function send(context: KoaContextWithOIDC, { status, headers, html }: DrawnPage): void {
    context.status = status
    context.set({ ...headers })
    context.type = 'html'
    context.body = html
  }
  /** A link with the code in it: the library would send that off by itself, and whoever followed the link has then agreed to nothing. */
  function typeHere(context: KoaContextWithOIDC, { action, fields }: PassedOn): void {
    const { xsrf: secret = '', user_code: userCode = '' } = Object.fromEntries(fields)
    send(context, pages.deviceCode(system(), readerOf(context), { action, secret, userCode }, undefined))
  }
  return {
    error(context: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }, error: Error) {
      const status = 'statusCode' in error ? Number(error.statusCode) : 500
      const told = { code: out.error, description: out.error_description, status, requestId: requestIdOf(context) }
      send(context, pages.error(system(), readerOf(context), told))
    },
    async signOut(context: KoaContextWithOIDC, form: string) {
      await findWhoSignsOut(context)
      const endsAt = endOfSignOut(context)
      const { session, client, entities } = context.oidc
      const sid = client && session?.sidFor(client.clientId)
      const isProven = sid !== undefined && entities.IdTokenHint?.payload.sid === sid
      send(context, pages.signOut(system(), readerOf(context), { ...formOf(context, 'end_session_confirm', form), endsAt, isProven }))
    },
    /** In the place of the library's own page for this. */
    passOn(context: object) {
      const form = isOfProtocol(context) && passedOnBy(context)
      if (!form) return
      if (context.oidc.route === 'code_verification') return typeHere(context, form)
      const drawn = pages.passingOn(system(), readerOf(context), { ...form, endsAt: endOfSignOut(context) })
      send(context, { ...drawn, status: context.status })
    },
    signedOut(context: KoaContextWithOIDC) {
      send(context, pages.signedOut(system(), readerOf(context)))
    },
    deviceCode(context: KoaContextWithOIDC, form: string, _out: unknown, error: errors.OIDCProviderError | Error | undefined) {
      const userCode = error && 'userCode' in error ? String(error.userCode) : ''
      const filled = { ...formOf(context, 'code_verification', form), userCode }
      send(context, pages.deviceCode(system(), readerOf(context), filled, (error?.cause ?? error)?.constructor.name))
    },
    deviceConfirm(
      context: KoaContextWithOIDC,
      form: string,
      client: { clientName?: string | undefined },
      _device: unknown,
      userCode: string,
    ) {
      const filled = { ...formOf(context, 'code_verification', form), userCode }
      send(context, pages.deviceConfirm(system(), readerOf(context), filled, client.clientName ?? ''))
    },
    deviceMessage: (context: object, address: string, userCode: string) =>
      isOfProtocol(context) ? pages.deviceMessage(system(), readerOf(context), address, userCode) : userCode,
    deviceDone(context: KoaContextWithOIDC) {
      send(context, pages.deviceDone(system(), readerOf(context)))
    },
  }
}

type Nowhere = Pick<KoaContextWithOIDC, 'req' | 'response' | 'status' | 'body' | 'type' | 'accepts' | 'set'>

/** The library says nothing of an address where it has nothing. */
export function answerNothingHere(context: Nowhere, pages: ProtocolPages, system: System): void {
  if (context.status !== 404 || context.body !== undefined) return
  const told = { code: 'invalid_request', description: 'there is nothing at this address', status: 404, requestId: requestIdOf(context) }
  const isRead = context.accepts('json', 'html') === 'html'
  const page = isRead ? pages.error(system, { headers: context.req.headers, uiLocales: undefined }, told) : undefined
  if (page) {
    context.set({ ...page.headers })
    context.type = 'html'
  }
  context.body = page?.html ?? { error: told.code, error_description: told.description }
  context.status = told.status
}

function isOfProtocol(context: object): context is KoaContextWithOIDC {
  return 'oidc' in context && context.oidc !== undefined
}

export function requestIdOf(context: { response: { get(name: string): string | string[] } }): string {
  return String(context.response.get('request-id'))
}

/** The library hands its own form over as text; what makes a form ours is the one secret in it. */
function formOf(context: KoaContextWithOIDC, route: string, form: string): Form {
  return { action: context.oidc.urlFor(route), secret: /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '' }
}

function readerOf(context: KoaContextWithOIDC): Reader {
  const uiLocales = context.oidc.params?.ui_locales
  return { headers: context.req.headers, uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined }
}
