import type { SourceTree, Violation } from './tree.ts'

const fileLinesMax = 300
const functionLinesMax = 60

export function filesAreShort({ files }: SourceTree): Violation[] {
  return files.filter(({ lines }) => lines > fileLinesMax).map(({ path, lines }) => `${path} has ${lines} lines, at most ${fileLinesMax}`)
}

/**
 * A function is counted from the line its parameters begin to its closing brace. The callback of `test(…)` or `describe(…)` in a test
 * is a story and may be as long as it needs; a list of data is no function and so is never counted.
 */
export function functionsAreShort({ files }: SourceTree): Violation[] {
  return files.flatMap(({ path, functions, isTest }) =>
    functions
      .filter(({ lines, isStory }) => lines > functionLinesMax && !(isTest && isStory))
      .map(({ name, line, lines }) => `${path}:${line} ${name} has ${lines} lines, at most ${functionLinesMax}`),
  )
}
