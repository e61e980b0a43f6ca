import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { variables } from '#server/config.ts'

const root = join(import.meta.dirname, '..')
const manual = join(root, 'docs/manual')
const pages = readdirSync(join(manual, 'en')).sort()
const others = locales.filter((locale) => locale !== 'en')

describe('the manual says the same in every language', () => {
  for (const locale of others) {
    test(`${locale} has the pages that English has`, () => assert.deepEqual(readdirSync(join(manual, locale)).sort(), pages))

    for (const page of pages) {
      test(`${locale}/${page} has the headings, the blocks and the commands of English`, () => {
        const [ours, english] = [outlineOf(locale, page), outlineOf('en', page)]
        assert.deepEqual(ours, english)
      })
    }
  }
})

describe('the manual names what there is', () => {
  const folder = join(root, 'server/commands')
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  // What is a word of the language cannot be the name of a constant.
  const commands = sources.flatMap((source) => /^export const (\w+?)(?:Command)?: Command\b/m.exec(source)?.[1] ?? [])

  for (const locale of locales) {
    test(`${locale}/operate.md has a row for every variable and every command`, () => {
      const text = readFileSync(join(manual, locale, 'operate.md'), 'utf8')
      const rows = new Set(Array.from(text.matchAll(/^\| `(\w+)` \|/gm), ([, name]) => name))
      assert.ok(commands.includes('serve'))
      const missing = [...variables.map(({ name }) => name), ...commands].filter((name) => !rows.has(name))
      assert.deepEqual(missing, [])
    })
  }

  test('every link between pages leads to a file', () => {
    const files = [...locales.flatMap((locale) => pages.map((page) => join(manual, locale, page))), join(root, 'docs/how-to/glossary.md')]
    const broken = files.flatMap((file) =>
      Array.from(readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g), ([, target = '']) => join(dirname(file), target)).filter(
        (target) => !existsSync(target),
      ),
    )
    assert.deepEqual(broken, [])
  })
})

test('the pictures of the manual are all shown somewhere, and light enough for a clone', () => {
  const folder = join(manual, 'pictures')
  const files = [join(root, 'README.md'), ...locales.flatMap((locale) => pages.map((page) => join(manual, locale, page)))]
  const texts = files.map((file) => readFileSync(file, 'utf8')).join()
  const pictures = readdirSync(folder)
  assert.deepEqual(
    pictures.filter((name) => !texts.includes(`pictures/${name})`)),
    [],
  )
  const bytes = pictures.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  assert.ok(bytes > 0 && bytes < 5_000_000, `${bytes} bytes`)
})

/** What must be equal in all languages: how deep each heading is, what kind each block is, and what is to be typed, in order. */
function outlineOf(locale: string, page: string): string[] {
  const text = readFileSync(join(manual, locale, page), 'utf8')
  return Array.from(text.matchAll(/^(#+) |^```(\w+)\n([\s\S]*?)^```$/gm), ([, depth, kind, body]) => {
    if (depth !== undefined) return depth
    // Answers may speak the reader's language, and commands may ask for it; everything else that is typed is the same.
    return kind === 'json' || kind === 'text'
      ? `${kind}`
      : `${kind}: ${body?.replaceAll(`Accept-Language: ${locale}`, 'Accept-Language: …')}`
  })
}
