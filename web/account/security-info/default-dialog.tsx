import { useState } from 'react'
import type { SecondStepBody, SecurityInfoBody } from '#contract/graph/security-info.ts'
import { api } from '../../kit/api/api.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { Select } from '../../kit/select.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'
import { leaveStep } from './address.ts'
import { stepText } from './kinds.ts'

const name = 'userPreferredMethodForSecondaryAuthentication'

/** S51, S52: one of all that could come first. */
export function DefaultDialog({ info, reload }: { info: SecurityInfoBody; reload: () => void }) {
  const { defaultChoices, defaultMethod } = info
  const [chosen, setChosen] = useState<SecondStepBody['method'] | undefined>(defaultMethod.effective?.method)
  const save = async () => {
    const choice = defaultChoices.find(({ method }) => method === chosen)
    if (!choice) return
    await lookingAgain({ reload }, () => api.patch('/beta/me/authentication/signInPreferences', { [name]: choice.method }))
    showToast(message('web.account.security-info.default.changed', { method: stepText(choice) }))
    leaveStep()
  }
  return (
    <Dialog title={message('web.account.security-info.default.dialog')} onClose={leaveStep}>
      <Form onSubmit={save}>
        <Select
          label={message('web.account.security-info.default.which')}
          name={name}
          options={defaultChoices.map((choice) => ({ value: choice.method, text: stepText(choice) }))}
          value={chosen}
          onChange={setChosen}
        />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={leaveStep}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.account.security-info.confirm')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
