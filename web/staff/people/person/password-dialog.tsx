import { useState } from 'react'
import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { Button } from '../../../kit/button.tsx'
import { CopyOnce } from '../../../kit/copy-once.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { ErrorBanner } from '../../../kit/error-banner.tsx'
import { message } from '../../../kit/words/message.ts'
import { pathOfPerson } from '../../resources.ts'
import { useAct } from '../../use-act.ts'

/** Asks first, since whoever works with the old password is signed out; then tells the new one, once. */
export default function PasswordDialog({ person, onClose }: { person: StaffPersonBody; onClose: () => void }) {
  const { id, displayName: name } = person
  const [password, setPassword] = useState<string>()
  const { isBusy, failure, run } = useAct()
  const reset = () =>
    run(async () => {
      const { newPassword } = await api.post<{ newPassword: string }>(pathOfPerson(id, '/resetPassword'))
      setPassword(newPassword)
    })
  return (
    <Dialog title={message(titleOf(person, password !== undefined), { name })} onClose={onClose}>
      <div className="stack">
        {password === undefined ? (
          <p>{message(person.hasPassword ? 'web.staff.password.told-before' : 'web.staff.password.told-first')}</p>
        ) : (
          <>
            <CopyOnce label={message('web.staff.password.of', { name })} secret={password} />
            <p>{message('web.staff.password.told-after', { name })}</p>
          </>
        )}
        {failure && <ErrorBanner error={failure} />}
      </div>
      <div className="dialog-buttons">
        {password === undefined ? (
          <Button isBusy={isBusy} onPress={() => void reset()}>
            {message(person.hasPassword ? 'web.staff.password.go' : 'web.staff.password.go-first')}
          </Button>
        ) : (
          <Button onPress={onClose}>{message('web.staff.done')}</Button>
        )}
      </div>
    </Dialog>
  )
}

function titleOf({ hasPassword }: StaffPersonBody, isDone: boolean) {
  if (isDone) return 'web.staff.password.title-done'
  return hasPassword ? 'web.staff.password.title' : 'web.staff.password.title-first'
}
