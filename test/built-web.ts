import assert from 'node:assert/strict'
import { buildWebWhenStale } from '#server/commands/build-web.ts'
import { builtWebDirectory } from '#server/commands/listen.ts'
import { openWebFiles, type WebFiles } from '#server/gateways/web-files.ts'

let building: Promise<WebFiles> | undefined

/** The web apps as people get them. They are built once for a run, and only where a source changed since the last one. */
export function builtWeb(): Promise<WebFiles> {
  building ??= buildWebWhenStale(() => {}).then(() => openWebFiles(builtWebDirectory) ?? assert.fail('the web apps were not built'))
  return building
}
