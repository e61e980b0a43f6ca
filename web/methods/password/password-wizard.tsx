import { useEffect, useState } from 'react'
import type { OwnPasswordBody, PasswordVerdictBody } from '#contract/graph/passwords.ts'
import { api } from '../../kit/api/api.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { session } from '../../kit/session/session.ts'
import { message } from '../../kit/words/message.ts'
import type { MethodWizard } from '../index.ts'
import { SecretField } from './secret-field.tsx'
import { Verdict } from './verdict.tsx'

/** A first password, or another one in the place of the present. */
export default function PasswordWizard({ onDone, onClose }: MethodWizard) {
  const password = useResource<OwnPasswordBody>('/sesam/v1/me/password')
  return <ResourceView of={password}>{(own) => <PasswordForm own={own} onDone={onDone} onClose={onClose} />}</ResourceView>
}

interface PasswordFormProps extends Pick<MethodWizard, 'onDone' | 'onClose'> {
  own: OwnPasswordBody
}

function PasswordForm({ own: { isSet, minLength, maxLength }, onDone, onClose }: PasswordFormProps) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const verdict = useVerdict(next, minLength)
  const save = async () => {
    if (isSet) await api.post('/v1.0/me/changePassword', { currentPassword: current, newPassword: next })
    else await api.post('/sesam/v1/me/password', { newPassword: next })
    onDone()
  }
  return (
    <>
      <p>{message(isSet ? 'web.methods.password.change-told' : 'web.methods.password.set-told')}</p>
      <Form onSubmit={save}>
        {/* For password managers, which want to know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={session.person.username} readOnly hidden />
        {isSet && (
          <SecretField
            label={message('web.methods.password.current')}
            name="currentPassword"
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
            maxLength={maxLength}
            autoFocus
          />
        )}
        <SecretField
          label={message('web.methods.password.new')}
          name="newPassword"
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          maxLength={maxLength}
          autoFocus={!isSet}
          hint={<Verdict verdict={verdict} minLength={minLength} />}
        />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message(isSet ? 'web.methods.password.change' : 'web.methods.password.set')}</SubmitButton>
        </div>
      </Form>
    </>
  )
}

const quietMs = 600

/** What the server thinks of what is typed, once the hands rest. It is asked nothing it would only call too short. */
function useVerdict(text: string, minLength: number): PasswordVerdictBody | undefined {
  const [verdict, setVerdict] = useState<{ of: string; says: PasswordVerdictBody }>()
  useEffect(() => {
    if (text.length < minLength) return
    let isWanted = true
    const timer = setTimeout(() => {
      // Saving asks again, so nothing is lost when no answer comes.
      judge(text).then(
        (says) => isWanted && setVerdict({ of: text, says }),
        () => {},
      )
    }, quietMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [text, minLength])
  return verdict?.of === text ? verdict.says : undefined
}

function judge(newPassword: string): Promise<PasswordVerdictBody> {
  return api.ask<PasswordVerdictBody>('/sesam/v1/me/password/check', { newPassword })
}
