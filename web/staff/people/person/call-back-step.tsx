import { useEffect, useRef } from 'react'
import type { CallBackBody, StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { forgetResources } from '../../../kit/api/resources.ts'
import { Banner } from '../../../kit/banner.tsx'
import { Button } from '../../../kit/button.tsx'
import { ErrorBanner } from '../../../kit/error-banner.tsx'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { Skeleton } from '../../../kit/skeleton.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { useCountdown } from '../../../kit/use-countdown.ts'
import { message } from '../../../kit/words/message.ts'
import { useCallBack } from '../../resources.ts'
import { useAct } from '../../use-act.ts'
import { numberToast } from './number-toast.ts'

interface CallBackStepProps {
  id: string
  person: StaffPersonBody
  onAgain: () => void
  onDone: () => void
}

const lookEveryMs = 2_000

/** The digits, and whether the person has answered; when they have, the page does the rest by itself. */
export function CallBackStep({ id, person, onAgain, onDone }: CallBackStepProps) {
  const callBack = useCallBack(id)
  const { reload } = callBack
  const state = callBack.data?.state
  const look = useRef(reload)
  look.current = reload
  useEffect(() => {
    if (state !== 'waiting') return
    const timer = setInterval(() => look.current(), lookEveryMs)
    return () => clearInterval(timer)
  }, [state])
  return (
    <ResourceView of={callBack} waiting={<Skeleton lines={3} />}>
      {(data) => {
        if (data.state === 'waiting') return <Waiting callBack={data} person={person} />
        if (data.state === 'agreed' || data.state === 'done') return <Finishing callBack={data} onDone={onDone} />
        return <Ended callBack={data} person={person} onAgain={onAgain} onDone={onDone} />
      }}
    </ResourceView>
  )
}

function Waiting({ callBack, person }: { callBack: CallBackBody; person: StaffPersonBody }) {
  const minutes = Math.max(1, Math.round(useCountdown(callBack.expiresDateTime) / 60))
  return (
    <div className="stack">
      <p>{message('web.staff.check.sent', { number: callBack.sentTo })}</p>
      <p>{message('web.staff.check.tell', { name: person.displayName })}</p>
      <output className="digits" dir="ltr" aria-label={message('web.staff.check.digits')}>
        {callBack.digits}
      </output>
      <p className="soft" role="status">
        {message('web.staff.check.waiting', { name: person.displayName, minutes: String(minutes) })}
      </p>
    </div>
  )
}

function Finishing({ callBack, onDone }: { callBack: CallBackBody; onDone: () => void }) {
  const { failure, run } = useAct()
  const isBegun = useRef(false)
  const finish = () =>
    run(async () => {
      const after = await api.post<StaffPersonBody>(`/sesam/v1/staff/callBacks/${encodeURIComponent(callBack.id)}/finish`)
      showToast(numberToast(after))
      onDone()
    })
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    // What is done already, as after a reload, needs no doing.
    if (callBack.state === 'agreed') void finish()
    else onDone()
  })
  return failure ? <ErrorBanner error={failure} /> : <p role="status">{message('web.staff.check.agreed')}</p>
}

function Ended({
  callBack,
  person,
  onAgain,
  onDone,
}: { callBack: CallBackBody } & Pick<CallBackStepProps, 'person' | 'onAgain' | 'onDone'>) {
  const isNo = callBack.state === 'refused'
  // The answer changed what can be done for this person, behind the dialog.
  useEffect(forgetResources, [])
  return (
    <div className="stack">
      <Banner tone="bad" isNews title={message(isNo ? 'web.staff.check.refused' : 'web.staff.check.over', { name: person.displayName })}>
        {message(isNo ? 'web.staff.check.refused-told' : 'web.staff.check.over-told', { name: person.displayName })}
      </Banner>
      <div className="dialog-buttons">
        {isNo ? (
          <Button onPress={onDone}>{message('web.staff.close')}</Button>
        ) : (
          <Button onPress={onAgain}>{message('web.staff.check.again')}</Button>
        )}
      </div>
    </div>
  )
}
