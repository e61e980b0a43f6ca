import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RuleName } from './rules.ts'
import type { SourceTree } from './tree.ts'

/** A mistake made on purpose in a copy of the sources, to see that its rule tells it. */
export interface Planting {
  rule: RuleName
  story: string
  /** What is written into the copy: a new text, or a change of the text that stands there ('' where none does). */
  files: Readonly<Record<string, string | ((text: string) => string)>>
  /** Exactly what the rule then says more than before. */
  violations: readonly string[] | ((before: SourceTree) => string[])
}

/** Plants, and takes out again when it is disposed of. */
export function plant(root: string, files: Planting['files']): Disposable {
  const before = Object.keys(files).map((path) => ({
    path,
    text: existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined,
  }))
  for (const { path, text } of before) {
    const planted = files[path] ?? ''
    write(root, path, typeof planted === 'string' ? planted : planted(text ?? ''))
  }
  return {
    [Symbol.dispose]() {
      for (const { path, text } of before) {
        if (text === undefined) rmSync(join(root, path))
        else write(root, path, text)
      }
    },
  }
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
