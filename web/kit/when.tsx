import { useSyncExternalStore } from 'react'
import { serverNow } from './session/clock.ts'
import { capitalised, exactText, recentText } from './words/recent.ts'

const minuteMs = 60_000

interface WhenProps {
  instant: string
  /** It begins a sentence. */
  isFirst?: boolean
}

/** A moment the way people say it; the exact one comes with the mouse. It stays right while the page is open. */
export function When({ instant, isFirst = false }: WhenProps) {
  useSyncExternalStore(eachMinute, () => Math.floor(serverNow() / minuteMs))
  const text = recentText(instant)
  return (
    <time dateTime={instant} title={exactText(instant)}>
      {isFirst ? capitalised(text) : text}
    </time>
  )
}

function eachMinute(listener: () => void): () => void {
  const timer = setInterval(listener, minuteMs)
  return () => clearInterval(timer)
}
