import { CodeStep } from '../../kit/code-step.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { message } from '../../kit/words/message.ts'
import type { NumberProof } from '../index.ts'

/** Types the code from the text. */
export default function ProveNumber({ proof, onLook, onProven, onAgain, others }: NumberProof<'sms'>) {
  const { phoneNumber, canResendDateTime, expiresDateTime, resendsLeft, isOver } = proof
  const prove = async (code: string) => {
    try {
      await onProven(code)
    } catch (error) {
      // Whether that was the last try.
      onLook()
      throw error
    }
  }
  return (
    <CodeStep {...{ canResendDateTime, expiresDateTime, resendsLeft, isOver, onAgain, others }} onCode={prove}>
      {message('web.methods.sms.sent', { number: leftToRight(phoneNumber) })}
    </CodeStep>
  )
}
