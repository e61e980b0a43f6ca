import type { LucideIcon } from 'lucide-react'
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createRoot } from 'react-dom/client'
import type { Locale } from '#contract/locale.ts'
import { api } from './api/api.ts'
import { answerResourcesWith } from './api/resources.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { FailedPage, SignedOutPage } from './lone-pages.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { useAddress } from './routing/address.ts'
import { type Arrival, session } from './session/session.ts'
import { thisApp } from './session/tokens.ts'
import { Shell } from './shell.tsx'
import { Skeleton } from './skeleton.tsx'
import { startSpeaking, useLocale } from './words/locale.ts'
import { type MessageKey, message } from './words/message.ts'
import './base.css'

export interface AppPage {
  /** Below the app's own address: `''` for its first page, `/security-info`. */
  path: string
  /** How the navigation calls it; a page without a label is not in it. */
  label?: MessageKey
  icon?: LucideIcon
  /** `() => import('./security-info/page.tsx')`: the page comes when somebody goes there. */
  load: () => Promise<{ default: ComponentType }>
}

interface App {
  name: MessageKey
  pages: readonly AppPage[]
}

/** Languages by the names under which React Aria has its own words. */
const ariaLocales: Readonly<Record<Locale, string>> = { en: 'en-US', nl: 'nl-NL', sv: 'sv-SE' }

/** Signs in, and draws the app where the page holds its place. */
export async function startApp(app: App): Promise<void> {
  answerResourcesWith(api.get)
  const pages = app.pages.map((page) => ({ ...page, Shown: lazy(page.load) }))
  const [arrival] = await Promise.all([session.arrive(), startSpeaking()])
  const element = document.getElementById('app')
  if (arrival.kind === 'leaving' || !element) return
  createRoot(element).render(<Frame>{() => drawn(arrival, <Pages name={app.name} pages={pages} />)}</Frame>)
}

function drawn(arrival: Exclude<Arrival, { kind: 'leaving' }>, app: ReactNode): ReactNode {
  if (arrival.kind === 'signed-out') return <SignedOutPage />
  return arrival.kind === 'failed' ? <FailedPage failure={arrival.failure} /> : app
}

/** Everything below is drawn anew when the language changes. */
function Frame({ children }: { children: () => ReactNode }) {
  const locale = useLocale()
  return <I18nProvider locale={ariaLocales[locale]}>{children()}</I18nProvider>
}

type ShownPage = AppPage & { Shown: ComponentType }

function Pages({ name, pages }: { name: MessageKey; pages: readonly ShownPage[] }) {
  useLocale()
  const { pathname } = useAddress()
  const root = thisApp().path
  const path = pathname.replace(/\/+$/, '').slice(root.length)
  const page = pages.find((one) => one.path === path)
  const destinations = pages.flatMap(({ path: at, label, icon }) => (label ? [{ path: root + at, label: message(label), icon }] : []))
  return (
    <Shell appName={message(name)} destinations={destinations}>
      <ErrorBoundary key={path}>
        <Suspense fallback={<Skeleton lines={5} />}>{page ? <page.Shown /> : <NotFoundPage />}</Suspense>
      </ErrorBoundary>
    </Shell>
  )
}
