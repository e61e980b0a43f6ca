import type { Environment } from '#server/config.ts'

/** What a command may use of the world around it. */
export interface Surroundings {
  environment: Environment
  /** One line to the terminal. */
  say(line: string): void
  /** Resolves when the process is asked to end. */
  ended: Promise<void>
  /** Calls back whenever an operator asks the process to read its files again, until what it answers is called. */
  onHangUp(listener: () => void): () => void
}

export interface Command {
  summary: string
  /** What stands behind the name on the command line. */
  usage: string
  options?: Readonly<Record<string, { type: 'string' | 'boolean'; meaning: string }>>
  run(around: Surroundings, given: Given): Promise<number>
}

export interface Given {
  words: readonly string[]
  options: Readonly<Record<string, string | boolean | undefined>>
}

/** The operator asked for something that cannot be done; the message says what to do instead. */
export class CommandRefused extends Error {}

/** Whoever can write to the database must not be able to steer the terminal of whoever reads from it. */
export function printable(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
}
