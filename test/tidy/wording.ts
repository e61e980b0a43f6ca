import { placeOf, placesIn, type SourceFile, type SourceTree, type Violation } from './tree.ts'

const emptyNames = ['utils', 'helpers', 'common', 'shared', 'misc', 'types', 'index']
const registries = ['server/methods/index.ts', 'web/methods/index.ts', 'web/methods/index.tsx']

/** `as any` and its like; a variable or a method of that name is called or has a dot, and passes. */
const anything = /(?:[:<|&]|=>|\b(?:as|extends|is))\s*any\b(?!\s*[(:.])|\bany\s*\[\s*\]|,\s*any\s*>/g
const renamings = /\b(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[^}]*\}/g
const cast = /(?<=[\w$)\]}'"`>]\s+)as\s+(?!const\b)(?=[\w$({['"`])/g
const linesPerCast = 500

export function namesSaySomething({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path }) => !registries.includes(path))
    .flatMap(({ path }) => {
      const names = path.split('/').map((part) => part.replace(/\..*$/, ''))
      return names.filter((name) => emptyNames.includes(name)).map((name) => `${path} must not be called ${name}`)
    })
}

export function nothingIsLeftUndone({ files }: SourceTree): Violation[] {
  return files.flatMap((file) =>
    file.comments.flatMap((comment) =>
      [...comment.text.matchAll(/\bFIXME\b|\bTODO\b(?![^\n]*#\d)/g)].map(({ 0: word, index }) => {
        return `${placeOf(file, comment.start + index)} says ${word}${word.startsWith('T') ? ' without an issue number' : ''}`
      }),
    ),
  )
}

export function nothingIsAny({ files }: SourceTree): Violation[] {
  return outsideTests(files).flatMap((file) => placesIn(file, anything).map((place) => `${place} says any`))
}

export function castsAreRare({ files }: SourceTree): Violation[] {
  const places = castPlaces(files)
  const lines = linesOf(outsideTests(files))
  if (places.length * linesPerCast <= lines) return []
  return [`${places.length} casts in ${lines} lines, at most one in ${linesPerCast}: ${places.join(', ')}`]
}

/** `as const` and the `as` of an import or export are not casts. */
export function castPlaces(files: readonly SourceFile[]): string[] {
  return outsideTests(files).flatMap((file) => {
    const code = file.code.replace(renamings, (list) => list.replace(/[^\n]/g, ' '))
    return placesIn({ ...file, code }, cast)
  })
}

export function outsideTests(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(({ isTest }) => !isTest)
}

export function linesOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { lines }) => sum + lines, 0)
}
