/** Scopes of OpenID Connect itself; every other scope is one of our own API. */
export const openidScopes = ['openid', 'profile', 'email', 'phone', 'offline_access']

const isOpenid: ReadonlySet<string> = new Set(openidScopes)

/** Everything an administrator consented to, by the name Microsoft's libraries ask for it. */
const everything = '.default'

export function scopesIn(text: unknown): string[] {
  return typeof text === 'string' ? text.split(' ').filter(Boolean) : []
}

/**
 * Apps made for Microsoft name the API inside the scope (`https://login.example.com/User.Read`) where the library wants it as a parameter of
 * its own. This takes the name off and spells `.default` out.
 */
export function plainScopes(text: unknown, apiUrl: string, consented: readonly string[]): string[] {
  const names = scopesIn(text).map((scope) => (scope.startsWith(`${apiUrl}/`) ? scope.slice(apiUrl.length + 1) : scope))
  return [...new Set(names.flatMap((name) => (name === everything ? consented : [name])))]
}

export function asksForApi(scopes: readonly string[]): boolean {
  return scopes.some((scope) => !isOpenid.has(scope))
}
