import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Node {
  id: number
  callFrame: { functionName: string; url: string }
  children?: number[]
}

interface Profile {
  nodes: Node[]
  samples: number[]
  timeDeltas: number[]
}

export interface Share {
  name: string
  share: number
}

/** Loading and compiling at first is no part of a sign-in. */
const warmUs = 5_000_000

/** What else stands on a stack is Node's own, and belongs to whoever called it. */
const known: readonly [RegExp, string][] = [
  [/\/server\/store\/sqlite\.ts$/, 'SQLite: statements'],
  [/\/server\/store\/shared-commits\.ts$/, 'SQLite: commits'],
  [/\/node_modules\/pg/, 'pg'],
  [/\/node_modules\/(sonic-boom|pino)/, 'pino'],
  [/\/node_modules\/(koa|cookies|delegates|type-is|negotiator|on-finished|ee-first)\b/, 'koa'],
  [/\/node_modules\/(tsscmp|keygrip)\//, 'signed cookies (keygrip)'],
  [/\/node_modules\/(fastify|find-my-way|avvio|@fastify)\b/, 'fastify'],
  [/^node:internal\/crypto\//, 'crypto'],
  [/^node:(_http|http|net|internal\/stream_base)/, 'http'],
]

/** Where a server's time went, by whose code it is; idle time is no part of it. */
export function sharesIn(directory: string): Share[] {
  const [name] = readdirSync(directory).filter((file) => file.endsWith('.cpuprofile'))
  if (!name) return []
  // V8 wrote it.
  const profile = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Profile
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)))
  const spent = new Map<string, number>()
  let at = 0
  for (const [index, id] of profile.samples.entries()) {
    const lasted = profile.timeDeltas[index] ?? 0
    at += lasted
    const owner = at < warmUs ? undefined : ownerOf(nodes.get(id), parents)
    if (owner) spent.set(owner, (spent.get(owner) ?? 0) + lasted)
  }
  const all = [...spent.values()].reduce((sum, value) => sum + value, 0)
  return [...spent]
    .map(([owner, value]) => ({ name: owner, share: value / all }))
    .sort((a, b) => b.share - a.share)
    .filter(({ share }) => share >= shareMin)
}

const shareMin = 0.01

function ownerOf(leaf: Node | undefined, parents: ReadonlyMap<number, Node>): string | undefined {
  const name = leaf?.callFrame.functionName
  if (name === '(idle)') return undefined
  if (name === '(garbage collector)') return 'garbage collection'
  for (let node = leaf; node; node = parents.get(node.id)) {
    const owner = ownerOfUrl(node.callFrame.url)
    if (owner) return owner
  }
  return 'Node itself'
}

function ownerOfUrl(url: string): string | undefined {
  const [, owner] = known.find(([place]) => place.test(url)) ?? []
  if (owner) return owner
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (dependency) return dependency
  const ours = /\/(server\/(?:features\/)?[^/]+|bench|contract|locales)\//.exec(url)?.[1]
  return ours && `ours: ${ours}`
}
