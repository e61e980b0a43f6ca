import { CircleCheck } from 'lucide-react'
import type { PasswordVerdictBody } from '#contract/graph/passwords.ts'
import { message } from '../../kit/words/message.ts'

interface VerdictProps {
  verdict: PasswordVerdictBody | undefined
  minLength: number
}

/** What a password takes, and whether this one would do. */
export function Verdict({ verdict, minLength }: VerdictProps) {
  return (
    <>
      <p>{message('web.methods.password.rules', { min: String(minLength) })}</p>
      <p role="status" className={`verdict ${verdict?.isAcceptable ? 'good' : ''}`}>
        {verdict?.isAcceptable && <CircleCheck className="icon" aria-hidden="true" />}
        {verdict && (verdict.isAcceptable ? message('web.methods.password.good') : verdict.message)}
      </p>
    </>
  )
}
