import { type ReactNode, useEffect } from 'react'
import { Button } from './button.tsx'
import { Emblem } from './emblem.tsx'
import { type Failure, session } from './session/session.ts'
import { thisApp } from './session/tokens.ts'
import { setting } from './setting.ts'
import { Toasts } from './toasts.tsx'
import { type MessageKey, message } from './words/message.ts'
import './shell.css'

/** What the sign-in pages may answer → what it means to the person. */
const meanings: Readonly<Record<string, MessageKey>> = {
  access_denied: 'web.kit.failed.denied',
  login_required: 'web.kit.failed.nobody',
  interaction_required: 'web.kit.failed.nobody',
  unmet_authentication_requirements: 'web.kit.failed.stronger',
  unreachable: 'web.kit.api.unreachable',
}

/** Signing in came to nothing: why, and the ways on. */
export function FailedPage({ failure }: { failure: Failure }) {
  const { returnTo, error } = failure
  return (
    <LonePage title={message('web.kit.failed.title')}>
      <p>{message(meanings[error] ?? 'web.kit.failed.other')}</p>
      <div className="row">
        <Button onPress={() => void session.signIn({ returnTo })}>{message('web.kit.error.retry')}</Button>
        <Button kind="quiet" onPress={() => void session.signIn({ returnTo, selectAccount: true })}>
          {message('web.kit.failed.another')}
        </Button>
      </div>
    </LonePage>
  )
}

export function SignedOutPage() {
  return (
    <LonePage title={message('web.kit.signed-out.title')}>
      <p>{message('web.kit.signed-out.told')}</p>
      <div className="row">
        <Button onPress={() => void session.signIn({ returnTo: thisApp().path })}>{message('web.kit.signed-out.again')}</Button>
      </div>
    </LonePage>
  )
}

function LonePage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${setting().organisation}`
  }, [title])
  return (
    <div className="lone">
      <header className="brand">
        <Emblem />
      </header>
      <main className="stack">
        <h1>{title}</h1>
        {children}
      </main>
      <Toasts />
    </div>
  )
}
