import type { LucideIcon } from 'lucide-react'
import { type ComponentType, useEffect, useState } from 'react'
import { thisApp } from './session/tokens.ts'
import { Skeleton } from './skeleton.tsx'
import type { MessageKey } from './words/message.ts'

export interface AppPage {
  /** Below the app's own address: `''` for its first page, `/security-info`. */
  path: string
  /** How the navigation calls it; a page without a label is not in it. */
  label?: MessageKey
  icon?: LucideIcon
  /** `() => import('./security-info/page.tsx')`: the page comes when somebody goes there. */
  load: () => Promise<{ default: ComponentType }>
}

const loaded = new Map<AppPage['load'], ComponentType>()

export function pageAt(pages: readonly AppPage[], pathname: string): AppPage | undefined {
  const path = pathname.replace(/\/+$/, '').slice(thisApp().path.length)
  return pages.find((one) => one.path === path)
}

/** Before somebody goes there: a page that is loaded is drawn at once. */
export async function loadPage({ load }: AppPage): Promise<void> {
  loaded.set(load, (await load()).default)
}

/** React's own `lazy` would hold a page back for a third of a second where it showed that it was waiting. */
export function ShownPage({ page }: { page: AppPage }) {
  const [, setDone] = useState(0)
  const [failure, setFailure] = useState<{ error: unknown }>()
  useEffect(() => {
    if (loaded.has(page.load)) return
    loadPage(page).then(
      () => setDone((times) => times + 1),
      (error: unknown) => setFailure({ error }),
    )
  }, [page])
  if (failure) throw failure.error
  const Loaded = loaded.get(page.load)
  return Loaded ? <Loaded /> : <Skeleton lines={5} />
}
