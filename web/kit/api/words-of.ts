import { serverNow } from '../session/clock.ts'
import { countMessage, message } from '../words/message.ts'
import { momentText } from '../words/moments.ts'
import { isToday, timeText } from '../words/recent.ts'
import type { ApiError } from './api-error.ts'

const countedSecondsMax = 90

/** Why something did not work and, where only waiting helps, until when. */
export function wordsOf(error: ApiError): string {
  const { message: words, retryAfterSeconds: seconds } = error
  return seconds === undefined ? words : `${words} ${whenToTryAgain(seconds)}`
}

function whenToTryAgain(seconds: number): string {
  if (seconds <= countedSecondsMax) return countMessage('web.kit.error.again-in', Math.max(1, Math.ceil(seconds)))
  // A clock shows whole minutes; too early would be refused once more.
  const minuteMs = 60_000
  const at = new Date(Math.ceil((serverNow() + seconds * 1000) / minuteMs) * minuteMs).toISOString()
  return message('web.kit.error.again-after', { moment: isToday(at) ? timeText(at) : momentText(at) })
}
