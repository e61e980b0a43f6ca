import { useCallback, useEffect, useState } from 'react'
import type { ImportRunBody } from '#contract/graph/imports.ts'
import { api } from '../../../kit/api/api.ts'
import { ApiError } from '../../../kit/api/api-error.ts'
import { Button } from '../../../kit/button.tsx'
import { ErrorBanner } from '../../../kit/error-banner.tsx'
import { go } from '../../../kit/routing/address.ts'
import { Skeleton } from '../../../kit/skeleton.tsx'
import { countMessage, message } from '../../../kit/words/message.ts'
import { Counts } from './counts.tsx'
import type { Wanted } from './import-wizard.tsx'
import { RowVerdicts } from './row-verdicts.tsx'

interface RehearsalStepProps {
  wanted: Wanted
  onBack: () => void
  /** From here on the server has the file. */
  onStart: () => void
}

/** What would happen, row by row, by the very rules that the import follows; nothing is written yet. */
export function RehearsalStep({ wanted, onBack, onStart }: RehearsalStepProps) {
  const [rehearsed, setRehearsed] = useState<ImportRunBody>()
  const [failure, setFailure] = useState<ApiError>()
  const [isBusy, setBusy] = useState(false)
  const { csv, existing, rows } = wanted
  const rehearse = useCallback(async () => {
    setFailure(undefined)
    try {
      setRehearsed(await api.ask<ImportRunBody>('/sesam/v1/imports', { csv, existing, dryRun: true }))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    }
  }, [csv, existing])
  useEffect(() => void rehearse(), [rehearse])
  const start = async () => {
    setBusy(true)
    try {
      const { id } = await api.post<ImportRunBody>('/sesam/v1/imports', { csv, existing, dryRun: false })
      onStart()
      setTimeout(() => go(`/admin/users/import?run=${id}&of=${rows}`))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const changing = rehearsed ? rehearsed.created + rehearsed.updated : 0
  return (
    <>
      {failure && <ErrorBanner error={failure} onRetry={failure.isPassing ? () => void rehearse() : undefined} />}
      {!rehearsed && !failure && <Skeleton lines={4} />}
      {rehearsed && (
        <>
          <p role="status">{message('web.admin.users.import.rehearsal.told')}</p>
          <Counts of={rehearsed} />
          {rehearsed.rows && rehearsed.rows.length > 0 && <RowVerdicts rows={rehearsed.rows} />}
        </>
      )}
      <div className="row">
        <Button kind="quiet" onPress={onBack}>
          {message('web.admin.users.import.back')}
        </Button>
        {rehearsed && (
          <Button isBusy={isBusy} isDisabled={changing === 0} onPress={() => void start()}>
            {countMessage('web.admin.users.import.rehearsal.start', changing)}
          </Button>
        )}
      </div>
    </>
  )
}
