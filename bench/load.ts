import { connect, type Socket } from 'node:net'

export interface Load {
  port: number
  connections: number
  seconds: number
  /** The bytes of the n-th request. */
  request: (index: number) => string
}

export interface Measured {
  perSecond: number
  p50: number
  p99: number
  failed: number
}

/** Asks over keep-alive connections, one question at a time on each, and reads no more of an answer than its length: cheap, so that the server is what is measured. */
export async function applyLoad(load: Load): Promise<Measured> {
  const milliseconds: number[] = []
  const progress = { index: 0, failed: 0 }
  const until = performance.now() + load.seconds * 1000
  const started = performance.now()
  await Promise.all(Array.from({ length: load.connections }, () => askUntil(load, until, progress, milliseconds)))
  const elapsed = (performance.now() - started) / 1000
  milliseconds.sort((a, b) => a - b)
  const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)] ?? 0
  return { perSecond: milliseconds.length / elapsed, p50: at(0.5), p99: at(0.99), failed: progress.failed }
}

async function askUntil(load: Load, until: number, progress: { index: number; failed: number }, milliseconds: number[]): Promise<void> {
  const socket = connect(load.port, '127.0.0.1')
  socket.setNoDelay(true)
  const answers = readAnswers(socket)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  while (performance.now() < until) {
    const asked = performance.now()
    socket.write(load.request(progress.index++))
    const status = await answers.next()
    if (status >= 400) progress.failed++
    milliseconds.push(performance.now() - asked)
  }
  socket.destroy()
}

/** The status of each answer as it is complete. Every answer of ours says its length. */
function readAnswers(socket: Socket) {
  let buffered = Buffer.alloc(0)
  let waiting: ((status: number) => void) | undefined
  socket.on('data', (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    const end = buffered.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = buffered.toString('latin1', 0, end).toLowerCase()
    const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0)
    if (buffered.length < end + 4 + length) return
    buffered = buffered.subarray(end + 4 + length)
    waiting?.(Number(head.slice(9, 12)))
  })
  return {
    next: () =>
      new Promise<number>((resolve) => {
        waiting = resolve
      }),
  }
}

/** As a process of its own, so that asking does not take the server's time: told what to do on standard input. */
export interface Order {
  port: number
  connections: number
  seconds: number
  method: string
  paths: readonly string[]
  token: string
  body?: string
  /** What `{n}` counts from. */
  from?: number
}

if (import.meta.main) {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  // The parent, directory.ts, wrote it.
  const order = JSON.parse(text) as Order
  const body = order.body ?? ''
  const request = (index: number) => {
    const sent = body.replaceAll('{n}', String((order.from ?? 0) + index))
    const length = sent ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(sent)}\r\n` : ''
    const path = order.paths[index % order.paths.length]
    return `${order.method} ${path} HTTP/1.1\r\nhost: localhost:${order.port}\r\nauthorization: Bearer ${order.token}\r\nconsistencylevel: eventual\r\n${length}\r\n${sent}`
  }
  process.stdout.write(JSON.stringify(await applyLoad({ ...order, request })))
}
