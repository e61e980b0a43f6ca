import { useState } from 'react'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import { Button } from '../../../../kit/button.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { ErrorBanner } from '../../../../kit/error-banner.tsx'
import { Skeleton } from '../../../../kit/skeleton.tsx'
import { message } from '../../../../kit/words/message.ts'
import { AffectedPeople } from './affected-people.tsx'
import { policyPath } from './configuration.ts'
import { Effects, LicenceNumbers } from './effects.tsx'
import type { NamedMethod } from './method-names.ts'
import { usePreview } from './use-preview.ts'

interface ReviewDialogProps {
  method: NamedMethod
  /** What would be saved, and the version it began from. */
  body: object
  etag: string
  onSaved: () => void
  /** Somebody else saved meanwhile: what they made of it is shown. */
  onStale: () => void
  onClose: () => void
}

/** Between the form and the saving: exactly who gains and who loses what. */
export default function ReviewDialog({ method, body, etag, onSaved, onStale, onClose }: ReviewDialogProps) {
  const { id, name } = method
  const { preview, failure } = usePreview(`/sesam/v1/methodPolicies/${id}/preview`, body)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ApiError>()
  const save = async () => {
    setBusy(true)
    setRefused(undefined)
    try {
      await api.patch(policyPath(id), body, etag)
      onSaved()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefused(error)
      setBusy(false)
    }
  }
  const problem = refused ?? failure
  return (
    <Dialog title={message('web.admin.policies.review.title', { name })} onClose={onClose}>
      <div className="stack">
        {problem && <ErrorBanner error={problem} />}
        {preview ? (
          <>
            <Effects
              preview={preview}
              list={(effect, label) => <AffectedPeople label={label} policyId={id} effect={effect} configuration={body} />}
            />
            {id === 'Sms' && <LicenceNumbers preview={preview} />}
          </>
        ) : (
          !failure && <Skeleton lines={4} />
        )}
        <p className="soft small">{message('web.admin.policies.review.when')}</p>
      </div>
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={onClose}>
          {message('web.kit.dialog.cancel')}
        </Button>
        {refused?.code === 'changed_since_read' ? (
          <Button onPress={onStale}>{message('web.admin.policies.review.newest')}</Button>
        ) : (
          <Button isBusy={isBusy} isDisabled={!preview} onPress={() => void save()}>
            {message('web.admin.policies.save')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
