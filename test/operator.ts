import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import http from 'node:http'
import https from 'node:https'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { after } from 'node:test'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'

// The program itself, a process each time, as an operator would run it.

type Child = ChildProcessByStdio<null, Readable, Readable>

const root = join(import.meta.dirname, '..')
const running = new Set<Child>()

// A story that fails halfway leaves no process behind.
after(() => {
  for (const child of running) child.kill('SIGKILL')
})

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
  running.add(child)
  child.once('close', () => running.delete(child))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, said: () => text, ended }
}

export async function run(args: readonly string[], environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { said, ended } = start(args, environment)
  return { code: await ended, said: said() }
}

export async function startServer(args: readonly string[], environment: Record<string, string>, protocol: 'http' | 'https' = 'http') {
  // An evaluation builds the web apps by itself, only it may take longer than we wait for a server.
  if (args.includes('evaluate')) await builtWeb()
  const port = await freePort()
  const { child, said, ended } = start(args, { PORT: String(port), ...environment })
  const url = `${protocol}://localhost:${port}`
  for (let tries = 0; tries < 400; tries++) {
    if (await isReady(`${url}/health/ready`)) break
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
    hangUp: () => child.kill('SIGHUP'),
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Whoever only asks whether it is ready need not know whose certificate it shows. */
async function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? https.get(url, { rejectUnauthorized: false }) : http.get(url)
    request.once('response', (answer) => resolve(answer.resume().statusCode === 200))
    request.once('error', () => resolve(false))
  })
}

export async function tokenOf(user: string, environment: Record<string, string>): Promise<string> {
  const { code, said } = await run(['token', '--user', user], environment)
  assert.equal(code, 0, said)
  return said.trim()
}
