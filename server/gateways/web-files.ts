import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the build wrote about one app: which files its page names. */
export interface BuiltApp {
  /** The small one that sees whether somebody is signed in. */
  script: string
  /** Scripts that the first one loads at once, so that the browser need not find out by reading it. */
  preloads: readonly string[]
  /** What is loaded for whoever stays. */
  app: { scripts: readonly string[]; styles: readonly string[] }
  /** Language → the file with its words. */
  words: Readonly<Record<string, string>>
}

export interface WebFile {
  type: string
  plain: Buffer
  br: Buffer | undefined
  gzip: Buffer | undefined
}

/** The built web apps. Only what the build lists is there, so no address leads to any other file. */
export interface WebFiles {
  app(name: string): BuiltApp | undefined
  file(name: string): WebFile | undefined
}

interface Built {
  apps: Readonly<Record<string, BuiltApp>>
  files: readonly string[]
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Undefined where nothing is built. All of it is a megabyte or two, and stays in memory. */
export function openWebFiles(directory: string): WebFiles | undefined {
  const list = join(directory, 'apps.json')
  if (!existsSync(list)) return undefined
  const { apps, files }: Built = JSON.parse(readFileSync(list, 'utf8'))
  const read = new Map(files.map((name) => [name, readFile(directory, name)]))
  return { app: (name) => (Object.hasOwn(apps, name) ? apps[name] : undefined), file: (name) => read.get(name) }
}

function readFile(directory: string, name: string): WebFile {
  const at = join(directory, name)
  const packed = (ending: string) => (existsSync(at + ending) ? readFileSync(at + ending) : undefined)
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  return { type, plain: readFileSync(at), br: packed('.br'), gzip: packed('.gz') }
}
