import { CircleAlert, CircleCheck, PhoneCall, PhoneMissed, PhoneOff } from 'lucide-react'
import type { NumberToProveBody } from '#contract/graph/own-numbers.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'

type State = Extract<NumberToProveBody, { channel: 'voice' }>['state']

const shown = {
  ringing: { words: 'web.methods.voice.state.ringing', icon: PhoneCall },
  answered: { words: 'web.methods.voice.state.answered', icon: PhoneCall },
  passed: { words: 'web.methods.voice.state.passed', icon: CircleCheck },
  wrongKey: { words: 'web.methods.voice.state.wrong-key', icon: CircleAlert },
  hungUp: { words: 'web.methods.voice.state.hung-up', icon: PhoneOff },
  busy: { words: 'web.methods.voice.state.busy', icon: PhoneMissed },
  noAnswer: { words: 'web.methods.voice.state.no-answer', icon: PhoneMissed },
  failed: { words: 'web.methods.voice.state.failed', icon: PhoneMissed },
  expired: { words: 'web.methods.voice.state.expired', icon: PhoneOff },
} as const satisfies Record<State, { words: MessageKey; icon: unknown }>

/** A phone rings, or somebody is listening. */
export function isUnderWay(state: State): boolean {
  return state === 'ringing' || state === 'answered'
}

/** Said as it changes, since whoever has the phone at their ear does not look. */
export function CallState({ state, wrongDigits }: { state: State; wrongDigits: number }) {
  const { words, icon: Icon } = shown[state]
  const tone = state === 'passed' ? 'good' : isUnderWay(state) ? 'live' : 'bad'
  return (
    <p className={`call-state ${tone}`} role="status">
      <Icon className="icon" aria-hidden="true" />
      <span>{state === 'answered' && wrongDigits > 0 ? message('web.methods.voice.state.wrong-digit') : message(words)}</span>
    </p>
  )
}
