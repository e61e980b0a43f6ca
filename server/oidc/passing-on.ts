import type { KoaContextWithOIDC } from 'oidc-provider'

/** A form that a browser carries on by itself: an answer on its way to the app, or a sign-out where nobody is signed in. */
export interface PassedOn {
  action: string
  fields: readonly (readonly [name: string, value: string])[]
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

/**
 * The library makes such a page itself, in English and with a script that our policy forbids. What the page is to carry stands in it, escaped
 * in one known way; undefined when this answer is no such page.
 */
export function passedOnBy({ body }: Pick<KoaContextWithOIDC, 'body'>): PassedOn | undefined {
  if (typeof body !== 'string' || !body.includes('<title>Submitting Callback</title>')) return undefined
  const action = /<form method="post" action="([^"]*)">/.exec(body)?.[1]
  if (action === undefined) return undefined
  const fields = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)]
  return { action: plain(action), fields: fields.map(([, name = '', value = '']) => [plain(name), plain(value)]) }
}

function plain(escaped: string): string {
  return escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
}

/**
 * Microsoft's libraries name neither themselves nor a token when they sign somebody out. Where the address they want to go on to is one of an
 * app this very session signed in to, that app is meant (OpenID Connect RP-Initiated Logout §3 allows other means to know it).
 */
export async function findWhoSignsOut({ oidc, query }: KoaContextWithOIDC): Promise<void> {
  const { session, client, provider } = oidc
  const wanted = query.post_logout_redirect_uri
  if (!session?.state || client || typeof wanted !== 'string') return
  for (const clientId of Object.keys(session.authorizations ?? {})) {
    const known = await provider.Client.find(clientId)
    if (known?.postLogoutRedirectUriAllowed(wanted)) {
      Object.assign(session.state, { clientId, postLogoutRedirectUri: wanted })
      return
    }
  }
}

/** Browsers hold the whole way of a form to the page's policy, and after signing out it ends at the app. */
export function endOfSignOut({ oidc }: KoaContextWithOIDC): string[] {
  const end = oidc.session?.state?.['postLogoutRedirectUri']
  return typeof end === 'string' ? [end] : []
}
