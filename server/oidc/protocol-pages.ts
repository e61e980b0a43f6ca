import type { errors, KoaContextWithOIDC } from 'oidc-provider'

/** A page as an answer: who draws pages is not this room's business. */
export interface Drawn {
  status: number
  headers: Readonly<Record<string, string>>
  html: string
}

interface Reader {
  cookies: string | undefined
  acceptLanguage: string | undefined
  uiLocales: string | undefined
}

/** The pages the protocol itself needs. */
export interface ProtocolPages {
  error(reader: Reader, error: { code: string; description: string | undefined; status: number; requestId: string }): Drawn
  signOut(reader: Reader, form: { action: string; secret: string }, tenantId: string): Drawn
  signedOut(reader: Reader): Drawn
  deviceCode(reader: Reader, form: { action: string; secret: string }, problem: string | undefined): Drawn
  deviceConfirm(reader: Reader, form: { action: string; secret: string; userCode: string }, appName: string): Drawn
  deviceDone(reader: Reader, appName: string): Drawn
  /** The only way out of the house for what the protocol fetches or tells: addresses that apps registered. */
  fetch(address: string | URL | Request, options?: RequestInit): Promise<Response>
}

export function renderWith(pages: ProtocolPages) {
  const send = (context: KoaContextWithOIDC, drawn: Drawn) => {
    context.status = drawn.status
    context.set({ ...drawn.headers })
    context.type = 'html'
    context.body = drawn.html
  }
  const form = (context: KoaContextWithOIDC) => ({
    action: '',
    secret: String((context.oidc.session as unknown as { state?: { secret?: unknown } } | undefined)?.state?.secret ?? ''),
  })
  return {
    error(
      context: KoaContextWithOIDC,
      out: { error: string; error_description?: string | undefined },
      error: errors.OIDCProviderError | Error,
    ) {
      const status = 'statusCode' in error ? Number(error.statusCode) : 500
      send(
        context,
        pages.error(readerOf(context), { code: out.error, description: out.error_description, status, requestId: requestIdOf(context) }),
      )
    },
    signOut(context: KoaContextWithOIDC) {
      const action = context.oidc.urlFor('end_session_confirm')
      send(context, pages.signOut(readerOf(context), { ...form(context), action }, context.oidc.provider.issuer.split('/')[3] ?? ''))
    },
    signedOut(context: KoaContextWithOIDC) {
      send(context, pages.signedOut(readerOf(context)))
    },
    deviceCode(context: KoaContextWithOIDC, _form: string, _out: unknown, error: { name?: string } | undefined) {
      const action = context.oidc.urlFor('code_verification')
      send(context, pages.deviceCode(readerOf(context), { ...form(context), action }, error?.name))
    },
    deviceConfirm(
      context: KoaContextWithOIDC,
      _form: string,
      client: { clientName?: string | undefined },
      _device: unknown,
      userCode: string,
    ) {
      const action = context.oidc.urlFor('code_verification')
      send(context, pages.deviceConfirm(readerOf(context), { ...form(context), action, userCode }, client.clientName ?? ''))
    },
    deviceDone(context: KoaContextWithOIDC) {
      send(context, pages.deviceDone(readerOf(context), context.oidc.client?.clientName ?? ''))
    },
  }
}

export function requestIdOf(context: { response: { get(name: string): string | string[] } }): string {
  return String(context.response.get('request-id'))
}

function readerOf(context: KoaContextWithOIDC): Reader {
  const { cookie, 'accept-language': acceptLanguage } = context.headers
  const uiLocales = context.oidc.params?.ui_locales
  return { cookies: cookie, acceptLanguage, uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined }
}
