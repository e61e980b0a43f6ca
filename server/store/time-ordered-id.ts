import { randomBytes } from 'node:crypto'

let lastTime = 0
let sequence = 0

/** RFC 9562 §5.7 (UUID version 7): ids made later sort later, also within one millisecond of one process. */
export function timeOrderedId(now: Date): string {
  const time = now.getTime()
  sequence = time === lastTime ? sequence + 1 : 0
  lastTime = time
  const bytes = randomBytes(16)
  bytes.writeUIntBE(time, 0, 6)
  // 12 bits behind the time count within the millisecond; the 62 random ones keep apart what several processes make.
  bytes.writeUInt16BE(0x7000 | (sequence & 0xfff), 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
