/** Where the names stay that an app sent, while the library works with the short ones. */
const sentField = 'sesam_sent_scope'
const everything = '.default'

/**
 * Apps made for Microsoft name the API inside the scope (`https://login.example.com/User.Read`). A refresh is held against what was granted,
 * and that is kept by the short names; whoever asks for everything that was granted names nothing.
 */
export function shortenScopes(form: URLSearchParams, apiUrl: string): void {
  form.delete(sentField)
  const scope = form.get('scope')
  if (form.get('grant_type') !== 'refresh_token' || !scope) return
  const names = scope.split(' ').map((name) => (name.startsWith(`${apiUrl}/`) ? name.slice(apiUrl.length + 1) : name))
  form.set(sentField, scope)
  if (names.includes(everything)) form.delete('scope')
  else form.set('scope', names.join(' '))
}

/** Microsoft's libraries look a token up by the names they asked with; by others they never find it and ask again each time. */
export function namesAsSent(granted: string, form: Readonly<Record<string, unknown>>, apiUrl: string): string {
  const sent = String(form[sentField] ?? form['scope'] ?? '').split(' ')
  const names = granted.split(' ').map((name) => (sent.includes(`${apiUrl}/${name}`) ? `${apiUrl}/${name}` : name))
  return [...names, ...sent.filter((name) => name === everything || name === `${apiUrl}/${everything}`)].join(' ')
}
