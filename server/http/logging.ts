import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'

/**
 * The last net: nothing above writes these, and if something ever does, the line says so without saying it. Names that hold secrets, then
 * what looks like a token, a number or a code; in one pass over the finished line, because every answer pays for it.
 */
const secrets =
  /"(authorization|cookie|set-cookie|password|newPassword|code|token|access_token|phoneNumber|mobilePhone|businessPhones)":(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])|eyJ[\w-]+\.[\w-]+\.?[\w-]*|(?<![\w-])\+?\d[\d ()]{8,18}\d(?![\w-])|(?<![\w.-])\d{6}(?![\w.-])/g

/** A line for every answer, each written by itself, would cost as much as the answer. Lines wait for company, never for longer than a second. */
const buffered = { sync: false, minLength: 4_096, periodicFlush: 1_000 }

export function openLog(level: string, stream: DestinationStream = destination(buffered)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      hooks: { streamWrite: withoutSecrets },
    },
    stream,
  )
}

function withoutSecrets(line: string): string {
  return line.replace(secrets, (found: string, name: string | undefined) => {
    if (name) return `"${name}":"***"`
    if (found.startsWith('eyJ')) return '[token]'
    return found.length === 6 ? '[code]' : '[number]'
  })
}

/** Where a mistake happened and of what kind. A driver's details are left out, since they quote the values of the row. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  return { type: error.name, message: error.message, kind: 'code' in error ? String(error.code) : undefined, stack: error.stack }
}
