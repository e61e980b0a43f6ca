import type { LucideIcon } from 'lucide-react'
import { type ComponentType, useEffect, useState } from 'react'
import { ParametersContext } from './routing/parameters.ts'
import { parametersIn } from './routing/path-pattern.ts'
import { thisApp } from './session/tokens.ts'
import { Skeleton } from './skeleton.tsx'
import type { MessageKey } from './words/message.ts'

export interface AppPage {
  /** Below the app's own address: `''` for its first page, `/security-info`, `/users/:id` for one of many. */
  path: string
  /** How the navigation calls it; a page without a label is not in it. */
  label?: MessageKey
  icon?: LucideIcon
  /** What stands above it in the navigation, and above those after it with the same words. */
  group?: MessageKey
  /** `() => import('./security-info/page.tsx')`: the page comes when somebody goes there. */
  load: () => Promise<{ default: ComponentType }>
}

const loaded = new Map<AppPage['load'], ComponentType>()

export function pageAt(pages: readonly AppPage[], pathname: string): AppPage | undefined {
  return pages.find((one) => parametersIn(one.path, belowApp(pathname)))
}

/** What stands in the address where the page's path has a name with a colon. */
export function parametersOf({ path }: AppPage, pathname: string): Readonly<Record<string, string>> {
  return parametersIn(path, belowApp(pathname)) ?? {}
}

function belowApp(pathname: string): string {
  return pathname.replace(/\/+$/, '').slice(thisApp().path.length)
}

/** Before somebody goes there: a page that is loaded is drawn at once. */
export async function loadPage({ load }: AppPage): Promise<void> {
  loaded.set(load, (await load()).default)
}

/** React's own `lazy` would hold a page back for a third of a second where it showed that it was waiting. */
export function ShownPage({ page, parameters }: { page: AppPage; parameters: Readonly<Record<string, string>> }) {
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
  if (!Loaded) return <Skeleton lines={5} />
  return (
    <ParametersContext value={parameters}>
      <Loaded />
    </ParametersContext>
  )
}
