import { useState } from 'react'
import { ApiError } from '../../../../kit/api/api-error.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { ErrorBanner } from '../../../../kit/error-banner.tsx'
import { session } from '../../../../kit/session/session.ts'
import { message } from '../../../../kit/words/message.ts'
import { type ChangeMade, undo } from './changes.ts'

/** Stands there until the next change, since what was saved a moment ago is what one may want back. */
export function SavedBanner({ of, onUndone }: { of: string; onUndone: () => void }) {
  const { data } = useResource<ListBody<ChangeMade>>(`/sesam/v1/methodPolicies/${of}/changes`)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const [newest] = data?.value ?? []
  const isOwn = newest?.canUndo && newest.changedBy === session.person.name
  const takeBack = async (change: ChangeMade) => {
    setBusy(true)
    try {
      await undo(change)
      onUndone()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
      setBusy(false)
    }
  }
  if (failure) return <ErrorBanner error={failure} />
  return (
    <Banner
      tone="good"
      title={message('web.admin.policies.saved.title')}
      isNews
      actions={
        newest &&
        isOwn && (
          <Button kind="quiet" isBusy={isBusy} onPress={() => void takeBack(newest)}>
            {message('web.admin.policies.changes.undo')}
          </Button>
        )
      }
    >
      {message('web.admin.policies.saved.told')}
    </Banner>
  )
}
