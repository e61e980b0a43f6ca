import { CodeStep } from '../../kit/code-step.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { message } from '../../kit/words/message.ts'
import type { NumberProof } from '../index.ts'

/** Types the code from the text. */
export default function ProveNumber({ proof, onProven, onAgain, others }: NumberProof<'sms'>) {
  const { phoneNumber, canResendDateTime, resendsLeft } = proof
  return (
    <CodeStep canResendDateTime={canResendDateTime} resendsLeft={resendsLeft} onCode={onProven} onAgain={onAgain} others={others}>
      {message('web.methods.sms.sent', { number: leftToRight(phoneNumber) })}
    </CodeStep>
  )
}
