import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { freePort } from './postgres-server.ts'

// The program itself, a process each time, as an operator would run it.

type Child = ChildProcessByStdio<null, Readable, Readable>

const root = join(import.meta.dirname, '..')

function start(
  args: readonly string[],
  environment: Record<string, string>,
): { child: Child; said: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['server/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, said: () => text, ended }
}

export async function run(args: readonly string[], environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { said, ended } = start(args, environment)
  return { code: await ended, said: said() }
}

export async function startServer(args: readonly string[], environment: Record<string, string>) {
  const port = await freePort()
  const { child, said, ended } = start(args, { PORT: String(port), ...environment })
  const url = `http://localhost:${port}`
  for (let tries = 0; tries < 400; tries++) {
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (ready?.ok) break
    if (child.exitCode !== null) assert.fail(`it did not start: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return {
    url,
    said,
    get: async (path: string, token: string) => {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
      // A test says what it expects of a body; that is its check.
      // biome-ignore lint/suspicious/noExplicitAny: see above
      return { status: answer.status, body: (await answer.json()) as any }
    },
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export async function tokenOf(user: string, environment: Record<string, string>): Promise<string> {
  const { code, said } = await run(['token', '--user', user], environment)
  assert.equal(code, 0, said)
  return said.trim()
}
