import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { importPlantings } from './tidy/import-plantings.ts'
import { measuresOf } from './tidy/measures.ts'
import { plant } from './tidy/planting.ts'
import { rules } from './tidy/rules.ts'
import { sourcePlantings } from './tidy/source-plantings.ts'
import { readTree, type SourceTree } from './tidy/tree.ts'

const root = join(import.meta.dirname, '..')
const tree = readTree(root)
const plantings = [...importPlantings, ...sourcePlantings]

describe('the house is tidy', () => {
  for (const [sentence, rule] of Object.entries(rules)) {
    test(sentence, () => assert.deepEqual(rule(tree), []))
  }

  test('its measures are told', (t) => {
    for (const measure of measuresOf(tree)) t.diagnostic(measure)
    assert.ok(tree.files.length > 0)
  })
})

describe('tidy tells a mistake made on purpose', () => {
  const copied = ['contract', 'server', 'web', 'test', 'locales', 'docs/decisions', 'package.json']
  const notCopied = ['node_modules', 'dist']
  let copy = ''
  let untouched: SourceTree = tree

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'sesam-tidy-'))
    for (const part of copied) {
      if (!existsSync(join(root, part))) continue
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !notCopied.includes(basename(path)) })
    }
    untouched = readTree(copy, tree)
  })
  after(() => rmSync(copy, { recursive: true }))

  for (const { rule, story, files, violations } of plantings) {
    test(`${rule}: ${story}`, () => {
      const said = rules[rule](untouched)
      using _planted = plant(copy, files)
      const found = rules[rule](readTree(copy, untouched)).filter((violation) => !said.includes(violation))
      assert.deepEqual(found, typeof violations === 'function' ? violations(untouched) : violations)
    })
  }

  test('every rule has a planting that breaks it', () => {
    const breaking = plantings.filter(({ violations }) => typeof violations === 'function' || violations.length > 0)
    const broken: string[] = breaking.map(({ rule }) => rule)
    assert.deepEqual(
      Object.keys(rules).filter((rule) => !broken.includes(rule)),
      [],
    )
  })
})
