import { Circle, CircleCheck, CircleX } from 'lucide-react'
import type { ToldSignInBody } from '#contract/graph/sign-ins.ts'
import { message } from '../../kit/words/message.ts'
import { secondsText } from '../../kit/words/recent.ts'

/** The attempt from its first moment to its last. */
export function Timeline({ steps }: { steps: ToldSignInBody['steps'] }) {
  return (
    <ol className="timeline" aria-label={message('web.admin.sign-ins.steps')}>
      {steps.map((step, index) => (
        // Steps have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Step key={index} step={step} />
      ))}
    </ol>
  )
}

function Step({ step: { method, sentence, detail, succeeded, dateTime } }: { step: ToldSignInBody['steps'][number] }) {
  const look =
    succeeded === null ? { Icon: Circle, tone: '' } : succeeded ? { Icon: CircleCheck, tone: 'good' } : { Icon: CircleX, tone: 'bad' }
  return (
    <li>
      <look.Icon className={`icon ${look.tone}`} aria-hidden="true" />
      <div>
        <p>
          {method && <b>{method}: </b>}
          {sentence}
        </p>
        {detail && (
          <p className="soft small">
            <bdi>{detail}</bdi>
          </p>
        )}
      </div>
      <time dateTime={dateTime}>{secondsText(dateTime)}</time>
    </li>
  )
}
