import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FunctionFound, functionsOf } from './functions.ts'
import { type Import, importsOf } from './imports.ts'
import { type Scan, scan } from './scan.ts'

/** One sentence that begins with the path of the file it is about. */
export type Violation = string

export type Rule = (tree: SourceTree) => Violation[]

export interface SourceFile extends Scan {
  path: string
  text: string
  lines: number
  /** Tests, their stage and the bench: they do not run in anybody's house. */
  isTest: boolean
  imports: readonly Import[]
  functions: readonly FunctionFound[]
}

interface Manifest {
  imports: Readonly<Record<string, string>>
  dependencies: Readonly<Record<string, string>>
  devDependencies: Readonly<Record<string, string>>
}

export interface SourceTree {
  files: readonly SourceFile[]
  manifest: Manifest
  /** Language → key → words. */
  phrases: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** The text of each decision record. */
  decisions: readonly string[]
}

export const sourceFolders = ['contract', 'server', 'web', 'test', 'bench', 'docs']
const notOurs = new Set(['node_modules', 'dist'])

/** Reads the sources under `root`; a file that stands unchanged in `known` is not scanned again. */
export function readTree(root: string, known?: SourceTree): SourceTree {
  const manifest: Manifest = { imports: {}, dependencies: {}, devDependencies: {}, ...JSON.parse(read(root, 'package.json')) }
  const scanned = new Map(known?.files.map((file) => [file.path, file]))
  const files = sourceFolders
    .flatMap((folder) => pathsUnder(root, folder, /\.tsx?$/))
    .map((path) => {
      const text = read(root, path)
      const before = scanned.get(path)
      return before?.text === text ? before : sourceFile(path, text, manifest.imports)
    })
  const phrases = new Map(pathsUnder(root, 'locales', /\.json$/).map((path) => [languageOf(path), phrasesOf(read(root, path))]))
  const decisions = pathsUnder(root, 'docs/decisions', /\.md$/).map((path) => read(root, path))
  return { files, manifest, phrases, decisions }
}

export function sourceFile(path: string, text: string, aliases: Manifest['imports']): SourceFile {
  const scanned = scan(text, path.endsWith('x'))
  return {
    ...scanned,
    path,
    text,
    lines: linesIn(text),
    isTest: /^(?:test|bench)\/|\.test\.tsx?$/.test(path),
    imports: importsOf(path, scanned, aliases),
    functions: functionsOf(scanned.code),
  }
}

/** `path:line` of every match in the code; comments and the insides of strings are blank there. */
export function placesIn(file: SourceFile, expression: RegExp): string[] {
  return [...file.code.matchAll(expression)].map((match) => placeOf(file, match.index))
}

export function placeOf(file: SourceFile, offset: number): string {
  return `${file.path}:${file.text.slice(0, offset).split('\n').length}`
}

function linesIn(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function pathsUnder(root: string, folder: string, name: RegExp): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return pathsUnder(root, path, name)
      return name.test(entry.name) ? [path] : []
    })
    .sort()
}

function languageOf(path: string): string {
  return path.slice('locales/'.length, -'.json'.length)
}

function phrasesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const collect = (value: unknown, key: string) => {
    if (typeof value !== 'object' || value === null) return found.set(key, String(value))
    for (const [name, inner] of Object.entries(value)) collect(inner, key ? `${key}.${name}` : name)
  }
  collect(JSON.parse(text), '')
  return found
}
