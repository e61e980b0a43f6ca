import { noCircles } from './circles.ts'
import { lawOfImports } from './rooms.ts'
import type { SourceFile, SourceTree } from './tree.ts'
import { castPlaces, linesOf, outsideTests } from './wording.ts'

/** The numbers the house holds itself to, each as one line. Tests and the bench count in the first row only. */
export function measuresOf(tree: SourceTree): string[] {
  const files = outsideTests(tree.files)
  const lines = linesOf(files)
  const casts = castPlaces(tree.files).length
  const lengths = files.map((file) => file.lines).sort((one, other) => one - other)
  return [
    `files: ${tree.files.length} with ${linesOf(tree.files)} lines, of which ${tree.files.length - files.length} tests and bench`,
    `outside tests: ${files.length} files, ${lines} lines, median file ${lengths[lengths.length >> 1] ?? 0} lines`,
    `longest file: ${longestFile(tree.files)}`,
    `longest function: ${longestFunction(tree.files)}`,
    `comments: ${((100 * commentLines(files)) / Math.max(1, lines)).toFixed(1)} % of lines`,
    `casts: ${casts}, ${((500 * casts) / Math.max(1, lines)).toFixed(2)} per 500 lines`,
    `circles: ${noCircles(tree).length}, imports against the law: ${lawOfImports(tree).length}`,
    `run-time dependencies: ${Object.keys(tree.manifest.dependencies).length}`,
  ]
}

function longestFile(files: readonly SourceFile[]): string {
  const longest = files.toSorted((one, other) => other.lines - one.lines)[0]
  return longest ? `${longest.path}, ${longest.lines} lines` : 'none'
}

function longestFunction(files: readonly SourceFile[]): string {
  const all = files.flatMap(({ path, isTest, functions }) =>
    functions.filter((each) => !(isTest && each.isStory)).map((each) => ({ path, ...each })),
  )
  const longest = all.sort((one, other) => other.lines - one.lines)[0]
  return longest ? `${longest.path}:${longest.line} ${longest.name}, ${longest.lines} lines` : 'none'
}

function commentLines(files: readonly SourceFile[]): number {
  return files.flatMap(({ comments }) => comments).reduce((sum, { text }) => sum + text.split('\n').length, 0)
}
