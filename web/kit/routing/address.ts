import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

interface GoOptions {
  /** In the place of the address that is there, so that the way back skips it. */
  replace?: boolean
}

/** Goes to another address of this app without a new page. */
export function go(address: string, { replace = false }: GoOptions = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  for (const listener of listeners) listener()
}

/** The path and the query of the address bar. */
export function useAddress(): URL {
  const href = useSyncExternalStore(watch, () => location.href)
  return new URL(href)
}

let keepsBack: (() => boolean) | undefined

/** What hears of the browser's way back before the pages do; where it answers true, they hear nothing. */
export function guardWayBack(guard: (() => boolean) | undefined): void {
  keepsBack = guard
}

function hearWayBack(): void {
  if (keepsBack?.()) return
  for (const listener of listeners) listener()
}

function watch(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('popstate', hearWayBack)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('popstate', hearWayBack)
  }
}

/**
 * A dialog that lives in the address: `?add=phone` opens it, so a reload, the way back and a new proof at the sign-in pages all lead to it.
 * `const [add, openAdd, closeAdd] = useDialogAddress('add')`
 */
export function useDialogAddress(name: string): [value: string | undefined, open: (value: string) => void, close: () => void] {
  const address = useAddress()
  const at = (change: (query: URLSearchParams) => void) => {
    const next = new URL(location.href)
    change(next.searchParams)
    return next.pathname + next.search
  }
  return [
    address.searchParams.get(name) ?? undefined,
    (value) => go(at((query) => query.set(name, value))),
    () =>
      go(
        at((query) => query.delete(name)),
        { replace: true },
      ),
  ]
}

/** One word of the query, such as what is searched for: so that a link shares it. It takes the place of the address that is there. */
export function useQueryValue(name: string): [value: string, set: (value: string) => void] {
  const address = useAddress()
  const set = (value: string) => {
    const next = new URL(location.href)
    if (value === '') next.searchParams.delete(name)
    else next.searchParams.set(name, value)
    go(next.pathname + next.search, { replace: true })
  }
  return [address.searchParams.get(name) ?? '', set]
}
