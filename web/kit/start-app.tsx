import { type ComponentType, type ReactNode, Suspense } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createRoot } from 'react-dom/client'
import type { Locale } from '#contract/locale.ts'
import { api } from './api/api.ts'
import { answerResourcesWith } from './api/resources.ts'
import { type AppPage, loadPage, pageAt, parametersOf, ShownPage } from './app-pages.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { FailedPage, SignedOutPage } from './lone-pages.tsx'
import { reloadForNewerBuild } from './newer-build.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { useAddress } from './routing/address.ts'
import { tellSignedOut, whenSignedOut } from './session/other-tabs.ts'
import { type Arrival, session } from './session/session.ts'
import { thisApp } from './session/tokens.ts'
import { type Destination, Shell } from './shell.tsx'
import { Skeleton } from './skeleton.tsx'
import { Unexpected } from './unexpected.tsx'
import { startSpeaking, useLocale } from './words/locale.ts'
import { type MessageKey, message } from './words/message.ts'
import './base.css'

interface App {
  name: MessageKey
  pages: readonly AppPage[]
  /** Finds anything in the app, from every page. */
  search?: ComponentType<{ destinations: readonly Destination[] }>
}

/** Languages by the names under which React Aria has its own words. */
const ariaLocales: Readonly<Record<Locale, string>> = { en: 'en-US', nl: 'nl-NL', sv: 'sv-SE' }

/** Signs in, and draws the app where the page holds its place. */
export async function startApp(app: App): Promise<void> {
  answerResourcesWith(api.get)
  reloadForNewerBuild()
  const first = pageAt(app.pages, location.pathname)
  // The page comes while the code is traded for tokens. Where it does not come, drawing it says so.
  const [arrival] = await Promise.all([session.arrive(), startSpeaking(), first && loadPage(first).catch(() => {})])
  const element = document.getElementById('app')
  if (arrival.kind === 'leaving' || !element) return
  if (arrival.kind === 'signed-out') tellSignedOut()
  if (arrival.kind === 'signed-in') whenSignedOut(() => session.signedOutElsewhere())
  createRoot(element).render(<Frame>{() => drawn(arrival, app)}</Frame>)
}

function drawn(arrival: Exclude<Arrival, { kind: 'leaving' }>, app: App): ReactNode {
  if (arrival.kind === 'signed-out') return <SignedOutPage />
  return arrival.kind === 'failed' ? <FailedPage failure={arrival.failure} /> : <Pages {...app} />
}

/** Everything below is drawn anew when the language changes. */
function Frame({ children }: { children: () => ReactNode }) {
  const locale = useLocale()
  return <I18nProvider locale={ariaLocales[locale]}>{children()}</I18nProvider>
}

function Pages({ name, pages, search: Search }: App) {
  const { pathname } = useAddress()
  const root = thisApp().path
  const page = pageAt(pages, pathname)
  const destinations = pages.flatMap((one) =>
    one.label
      ? [
          {
            path: root + one.path,
            label: message(one.label),
            icon: one.icon,
            group: one.group && message(one.group),
            prepare: () => void loadPage(one).catch(() => {}),
          },
        ]
      : [],
  )
  return (
    <Shell appName={message(name)} destinations={destinations} search={Search && <Search destinations={destinations} />}>
      <ErrorBoundary key={pathname}>
        <Unexpected />
        <Suspense fallback={<Skeleton lines={5} />}>
          {page ? <ShownPage page={page} parameters={parametersOf(page, pathname)} /> : <NotFoundPage />}
        </Suspense>
      </ErrorBoundary>
    </Shell>
  )
}
