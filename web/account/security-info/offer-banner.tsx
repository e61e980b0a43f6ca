import { useState } from 'react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { message } from '../../kit/words/message.ts'
import { goTo } from './address.ts'

type Offer = NonNullable<SecurityInfoBody['smsSignInOffer']>

/** S42: asks whether the number is to be a user name, until somebody says yes or not now. */
export function OfferBanner({ offer: { methodId, detail } }: { offer: Offer }) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const dismiss = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await api.post('/sesam/v1/me/smsSignInOffer/dismiss')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Banner
      tone="accent"
      title={message('web.account.security-info.offer.title')}
      actions={
        <>
          <Button onPress={() => goTo({ name: 'enable', id: methodId })}>{message('web.account.security-info.enable')}</Button>
          <Button kind="quiet" isBusy={isBusy} onPress={() => void dismiss()}>
            {message('web.account.security-info.offer.not-now')}
          </Button>
        </>
      }
    >
      <p>{message('web.account.security-info.offer.told', { number: leftToRight(detail) })}</p>
      {failure && <ErrorBanner error={failure} />}
    </Banner>
  )
}
