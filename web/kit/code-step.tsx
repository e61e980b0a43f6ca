import { type ReactNode, useState } from 'react'
import { AgainButton } from './again-button.tsx'
import { ApiError } from './api/api-error.ts'
import { Banner } from './banner.tsx'
import { CodeField, codeDigits } from './code-field.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { FieldProblem, Form, SubmitButton } from './form.tsx'
import { showToast } from './toasts.tsx'
import { useCountdown } from './use-countdown.ts'
import { message } from './words/message.ts'

interface CodeStepProps {
  /** Where the code went. */
  children: ReactNode
  canResendDateTime: string
  expiresDateTime: string
  resendsLeft: number
  /** Its tries are used up. */
  isOver: boolean
  onCode: (code: string) => Promise<void>
  /** Has it sent once more, or a new one where the old one is over. */
  onAgain: () => Promise<void>
  /** Another way to prove the same, another number. */
  others: ReactNode
}

/** The step in which somebody types the code that went to them. */
export function CodeStep({
  children,
  canResendDateTime,
  expiresDateTime,
  resendsLeft,
  isOver: isUsedUp,
  onCode,
  onAgain,
  others,
}: CodeStepProps) {
  const [failure, setFailure] = useState<ApiError>()
  const [isRefused, setRefused] = useState(false)
  const [round, setRound] = useState(0)
  const isExpired = useCountdown(expiresDateTime) === 0
  const isOver = isUsedUp || isRefused || isExpired
  const send = async (fields: ReadonlyMap<string, string>) => {
    setFailure(undefined)
    const code = fields.get('code') ?? ''
    // It would cost a try.
    if (code.length < codeDigits) throw new FieldProblem('code', message('web.kit.code.short'))
    try {
      await onCode(code)
    } catch (error) {
      setRefused(isCodeOver(error))
      throw error
    }
  }
  const again = async () => {
    setFailure(undefined)
    await onAgain()
    setRefused(false)
    setRound(round + 1)
    showToast(message('web.kit.code.sent-again'))
  }
  return (
    <>
      {isExpired ? <Banner isNews>{message('web.kit.code.over')}</Banner> : <p>{children}</p>}
      {failure && <ErrorBanner error={failure} />}
      {/* After a new code the field is empty, and has the focus. */}
      <Form key={round} onSubmit={send} fieldOf={{ '*': 'code' }}>
        <CodeField label={message('web.kit.code.label')} />
        <div className="dialog-buttons">
          <SubmitButton>{message('web.kit.wizard.next')}</SubmitButton>
        </div>
      </Form>
      <div className="other-ways">
        <p className="soft small">{message('web.kit.code.nothing-came')}</p>
        <div className="row">
          <Again {...{ isOver, canResendDateTime, resendsLeft }} onPress={again} onFailure={setFailure} />
          {others}
        </div>
      </div>
    </>
  )
}

interface AgainProps extends Pick<CodeStepProps, 'canResendDateTime' | 'resendsLeft' | 'isOver'> {
  onPress: () => Promise<void>
  onFailure: (error: ApiError) => void
}

function Again({ canResendDateTime, resendsLeft, isOver, ...rest }: AgainProps) {
  if (isOver) return <AgainButton label={message('web.kit.code.new')} from={undefined} {...rest} />
  if (resendsLeft > 0) return <AgainButton label={message('web.kit.code.again')} from={canResendDateTime} {...rest} />
  return <Banner>{message('web.kit.code.no-more')}</Banner>
}

function isCodeOver(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'code_over'
}
