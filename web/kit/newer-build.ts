const reloadedKey = 'sesam.reloaded'
const onceMs = 30_000

/**
 * A server that was upgraded has files of other names than this page knows. A new page knows them, and the address, the dialog and what was
 * typed are kept; once, since a server that is down has none.
 */
export function reloadForNewerBuild(): void {
  addEventListener('vite:preloadError', () => {
    const before = Number(sessionStorage.getItem(reloadedKey) ?? 0)
    if (!navigator.onLine || Date.now() - before < onceMs) return
    sessionStorage.setItem(reloadedKey, String(Date.now()))
    location.reload()
  })
}
