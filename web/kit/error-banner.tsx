import type { ApiError } from './api/api-error.ts'
import { wordsOf } from './api/words-of.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'
import { SupportId } from './support-id.tsx'
import { message } from './words/message.ts'

interface ErrorBannerProps {
  error: ApiError
  /** Where trying again may help. */
  onRetry?: (() => void) | undefined
}

/** Why something did not work, in the server's own words, with what to do next. */
export function ErrorBanner({ error, onRetry }: ErrorBannerProps) {
  const retry = onRetry && (
    <Button kind="quiet" onPress={onRetry}>
      {message('web.kit.error.retry')}
    </Button>
  )
  return (
    <Banner tone="bad" isNews actions={retry}>
      <p>{wordsOf(error)}</p>
      {error.status >= 500 && error.supportId && <SupportId id={error.supportId} />}
    </Banner>
  )
}
