import { useEffect, useState } from 'react'
import type { NumberToProveBody } from '#contract/graph/own-numbers.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import { methods } from '../../methods/index.ts'
import type { Channel } from './number-wizard.tsx'

interface ProveNumberProps {
  proofId: string
  channels: readonly Channel[]
  isReplacing: boolean
  reload: () => void
  onBegin: (phoneNumber: string, channel: Channel) => Promise<void>
  onBack: () => void
  /** It is over, or was never there. */
  onStale: () => void
  onDone: (by: Channel) => void
}

const otherWays = {
  sms: { channel: 'voice', words: 'web.account.security-info.number.call-instead' },
  voice: { channel: 'sms', words: 'web.account.security-info.number.text-instead' },
} as const

/** The second step: whichever method proves it, with the way out of it. */
export function ProveNumber({ proofId, channels, isReplacing, reload, onBegin, onBack, onStale, onDone }: ProveNumberProps) {
  const path = `/sesam/v1/me/phoneNumbers/${proofId}` as const
  const proof = useResource<NumberToProveBody>(path)
  const [failure, setFailure] = useState<ApiError>()
  const { data } = proof
  const another = (
    <Button kind="plain" onPress={onBack}>
      {message('web.account.security-info.number.another')}
    </Button>
  )
  const isStale = !data && proof.error?.isPassing === false
  useEffect(() => {
    if (isStale) onStale()
  })
  if (!data) return proof.error?.isPassing ? <ErrorBanner error={proof.error} onRetry={proof.reload} /> : <Skeleton />
  const prove = async (code?: string) => {
    try {
      await lookingAgain({ reload }, () =>
        api.post(`${path}/confirm`, { ...(code !== undefined && { code }), ...(isReplacing && { replaces: true }) }),
      )
    } catch (error) {
      // S40: it is kept for verification all the same; the last page says whom to turn to.
      if (!(error instanceof ApiError) || error.code !== 'phone_number_not_unique') throw error
    }
    onDone(data.channel)
  }
  const again = async () => {
    try {
      await api.post(`${path}/resend`)
    } catch (error) {
      if (!(error instanceof ApiError) || (error.code !== 'code_over' && error.code !== 'call_over')) throw error
      await onBegin(data.phoneNumber, data.channel)
    }
  }
  const other = otherWays[data.channel]
  const others = (
    <>
      {channels.includes(other.channel) && (
        <OtherWay label={message(other.words)} onPress={() => onBegin(data.phoneNumber, other.channel)} onFailure={setFailure} />
      )}
      {another}
    </>
  )
  const common = { onLook: proof.reload, onProven: prove, onAgain: again, others }
  return (
    <>
      {failure && <ErrorBanner error={failure} />}
      {data.channel === 'sms' ? (
        <methods.sms.ProveNumber proof={data} {...common} />
      ) : (
        <methods.voice.ProveNumber proof={data} {...common} />
      )}
    </>
  )
}

interface OtherWayProps {
  label: string
  onPress: () => Promise<void>
  onFailure: (error: ApiError | undefined) => void
}

function OtherWay({ label, onPress, onFailure }: OtherWayProps) {
  const [isBusy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    onFailure(undefined)
    try {
      await onPress()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      onFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button kind="plain" isBusy={isBusy} onPress={() => void press()}>
      {label}
    </Button>
  )
}
