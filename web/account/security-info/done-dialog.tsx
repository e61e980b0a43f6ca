import { CircleCheckBig } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { OwnMethodBody, SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { goTo, leaveStep } from './address.ts'
import { kinds } from './kinds.ts'

const titles: Readonly<Record<string, MessageKey>> = {
  sms: 'web.account.security-info.done.sms',
  voice: 'web.account.security-info.done.voice',
  mail: 'web.account.security-info.done.mail',
  password: 'web.account.security-info.done.password',
  'first-password': 'web.account.security-info.done.first-password',
}

/** S32: that it worked, what it is good for, and what is not quite as one may have hoped. */
export function DoneDialog({ step, info }: { step: { kind: string; by: string }; info: SecurityInfoBody }) {
  const method = info.methods.find(({ kind }) => kind === step.kind)
  const title = titles[step.by]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    if (!title) leaveStep()
  }, [title])
  if (!title) return null
  return (
    <Dialog title={message(method ? kinds[method.kind].label : 'web.account.security-info.label')} onClose={leaveStep}>
      <div className="accomplished">
        <CircleCheckBig className="accomplished-mark" aria-hidden="true" />
        <h3 ref={heading} tabIndex={-1}>
          {message(title)}
        </h3>
        {method?.detail && <p className="method-value ltr">{method.detail}</p>}
        {method && <Next method={method} by={step.by} />}
      </div>
      <div className="dialog-buttons">
        {method?.smsSignIn?.canEnable && (
          <Button kind="quiet" onPress={() => goTo({ name: 'enable', id: method.id }, true)}>
            {message('web.account.security-info.done.enable')}
          </Button>
        )}
        <Button onPress={leaveStep}>{message('web.account.security-info.done.close')}</Button>
      </div>
    </Dialog>
  )
}

/** What the number or address does from now on; S40 where it is somebody else's user name. */
function Next({ method: { kind, smsSignIn, detail }, by }: { method: OwnMethodBody; by: string }) {
  if (kind === 'email') return <p className="soft">{message('web.account.security-info.done.mail-told')}</p>
  if (by === 'password') return <p className="soft">{message('web.account.security-info.done.password-told')}</p>
  if (by === 'first-password') return <p className="soft">{message('web.account.security-info.done.first-password-told')}</p>
  if (smsSignIn?.isOffered && smsSignIn.because)
    return (
      <Banner title={message('web.account.security-info.done.in-use')}>
        <p>{smsSignIn.because.message}</p>
        <p>{message('web.account.security-info.done.kept')}</p>
      </Banner>
    )
  if (smsSignIn?.isOffered && smsSignIn.isSignInName)
    return <p className="soft">{message('web.account.security-info.done.signs-in', { number: leftToRight(detail ?? '') })}</p>
  return <p className="soft">{message('web.account.security-info.done.verifies')}</p>
}
