import { useState } from 'react'
import type { StaffPassBody, StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { Button } from '../../../kit/button.tsx'
import { CopyOnce } from '../../../kit/copy-once.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { ErrorBanner } from '../../../kit/error-banner.tsx'
import { message } from '../../../kit/words/message.ts'
import { momentText } from '../../../kit/words/moments.ts'
import { pathOfPerson } from '../../resources.ts'
import { useAct } from '../../use-act.ts'

/** For whoever has nothing to sign in with yet, or left it at home. */
export default function PassDialog({ person, onClose }: { person: StaffPersonBody; onClose: () => void }) {
  const { id, displayName: name } = person
  const [pass, setPass] = useState<StaffPassBody>()
  const { isBusy, failure, run } = useAct()
  const issue = () => run(async () => setPass(await api.post<StaffPassBody>(pathOfPerson(id, '/temporaryAccessPass'))))
  return (
    <Dialog title={message('web.staff.pass.title', { name })} onClose={onClose}>
      <div className="stack">{pass ? <Told name={name} pass={pass} /> : <p>{message('web.staff.pass.told-before')}</p>}</div>
      {failure && <ErrorBanner error={failure} />}
      <div className="dialog-buttons">
        {pass ? (
          <Button onPress={onClose}>{message('web.staff.done')}</Button>
        ) : (
          <Button isBusy={isBusy} onPress={() => void issue()}>
            {message('web.staff.pass.go')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function Told({ name, pass: { temporaryAccessPass, expiresDateTime, isUsableOnce } }: { name: string; pass: StaffPassBody }) {
  const moment = momentText(expiresDateTime)
  return (
    <>
      <CopyOnce label={message('web.staff.pass.of', { name })} secret={temporaryAccessPass} />
      <p>{message(isUsableOnce ? 'web.staff.pass.told-once' : 'web.staff.pass.told-after', { name, moment })}</p>
    </>
  )
}
