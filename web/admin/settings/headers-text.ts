import { FieldProblem } from '../../kit/form.tsx'
import { message } from '../../kit/words/message.ts'

/** One header a line, as HTTP itself writes them. */
export function headersText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

export function headersIn(text: string): Record<string, string> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    if (at < 1) throw new FieldProblem('headers', message('web.admin.settings.gateway.headers-wrong', { line }))
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  return Object.fromEntries(pairs)
}
