import { useEffect } from 'react'
import type { AddressToProveBody } from '#contract/graph/email-methods.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { CodeStep } from '../../kit/code-step.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { useDraft } from '../../kit/use-draft.ts'
import { WizardStep } from '../../kit/wizard.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { message } from '../../kit/words/message.ts'
import type { MethodWizard } from '../index.ts'

const addresses = '/sesam/v1/me/emailAddresses'

/** An address, then the code that went there. */
export default function AddressWizard(wizard: MethodWizard) {
  const [address, setAddress, forget] = useDraft('methods.email.address', '')
  const { replaces, proofId, reload, onBegun, onDone, onBack, onClose } = wizard
  const begin = async (emailAddress: string) => {
    const wanted = { emailAddress, ...(replaces !== undefined && { replaces: true }) }
    const { id } = await lookingAgain({ reload }, () => api.post<AddressToProveBody>(addresses, wanted))
    onBegun(id)
  }
  if (proofId !== undefined) {
    const done = () => {
      forget()
      onDone()
    }
    return (
      <WizardStep step={2} of={2} title={message('web.methods.email.code.title')}>
        <Proof {...{ proofId, onBack }} isReplacing={replaces !== undefined} onRefused={reload} onBegin={begin} onDone={done} />
      </WizardStep>
    )
  }
  return (
    <WizardStep step={1} of={2} title={message('web.methods.email.address.title')}>
      <p>{message('web.methods.email.reset-only')}</p>
      {replaces !== undefined && <p className="soft">{message('web.kit.wizard.replaces', { detail: leftToRight(replaces) })}</p>}
      <Form onSubmit={() => begin(address)}>
        <TextField
          label={message('web.methods.email.address.label')}
          name="emailAddress"
          type="email"
          inputMode="email"
          autoComplete="email"
          value={address}
          onChange={setAddress}
          hint={message('web.methods.email.address.hint')}
          isRequired
          isLtr
          autoFocus
        />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.kit.wizard.next')}</SubmitButton>
        </div>
      </Form>
    </WizardStep>
  )
}

interface ProofProps {
  proofId: string
  isReplacing: boolean
  onRefused: () => void
  onBegin: (emailAddress: string) => Promise<void>
  onDone: () => void
  onBack: () => void
}

function Proof({ proofId, isReplacing, onRefused, onBegin, onDone, onBack }: ProofProps) {
  const { data, error, reload } = useResource<AddressToProveBody>(`${addresses}/${proofId}`)
  const another = (
    <Button kind="plain" onPress={onBack}>
      {message('web.methods.email.another')}
    </Button>
  )
  const isStale = !data && error?.isPassing === false
  useEffect(() => {
    // It is over, or was never there; the address still stands in its field.
    if (isStale) onBack()
  })
  if (!data) return error?.isPassing ? <ErrorBanner error={error} onRetry={reload} /> : <Skeleton />
  const confirm = async (code: string) => {
    const refused = () => {
      // Whether that was the last try.
      reload()
      onRefused()
    }
    const proof = { code, ...(isReplacing && { replaces: true }) }
    await lookingAgain({ reload: refused }, () => api.post(`${addresses}/${proofId}/confirm`, proof))
    onDone()
  }
  const again = async () => {
    try {
      await api.post(`${addresses}/${proofId}/resend`)
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'code_over') throw failure
      await onBegin(data.emailAddress)
    }
  }
  return (
    <CodeStep
      canResendDateTime={data.canResendDateTime}
      expiresDateTime={data.expiresDateTime}
      resendsLeft={data.resendsLeft}
      isOver={data.isOver}
      onCode={confirm}
      onAgain={again}
      others={another}
    >
      {message('web.methods.email.sent', { address: leftToRight(data.emailAddress) })}
    </CodeStep>
  )
}
