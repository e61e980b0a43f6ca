import { randomUUID } from 'node:crypto'

let lastTime = 0
let sequence = 0

/** RFC 9562 §5.7 (UUID version 7): ids made later sort later, also within one millisecond of one process. */
export function timeOrderedId(now: Date): string {
  const time = now.getTime()
  sequence = time === lastTime ? sequence + 1 : 0
  lastTime = time
  const head = time.toString(16).padStart(12, '0')
  // 12 bits behind the time count within the millisecond; the random end of an ordinary UUID keeps apart what several processes make.
  const count = (sequence & 0xfff).toString(16).padStart(3, '0')
  return `${head.slice(0, 8)}-${head.slice(8)}-7${count}${randomUUID().slice(18)}`
}
