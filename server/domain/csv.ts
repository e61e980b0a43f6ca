/** One row of a file, under the number a spreadsheet shows beside it. */
export interface CsvRecord {
  row: number
  cells: readonly string[]
  /** Something follows the quote that ends a cell, so nobody knows what was meant. */
  isBroken: boolean
}

/** The file as a whole cannot be read, from this row on. */
export class CsvUnreadable extends Error {
  readonly row: number
  readonly because: 'too long' | 'not UTF-8'

  constructor(row: number, because: CsvUnreadable['because']) {
    super(`row ${row}: ${because}`)
    this.row = row
    this.because = because
  }
}

/** No row of people is longer; a quote that nobody closed makes one of all that follows. */
const recordMaxLength = 32 * 1024

type Place = 'at the start of a cell' | 'in a cell' | 'in quotes' | 'behind a quote'

/**
 * Reads rows as they come (RFC 4180), keeping no more than one in memory. Spreadsheets part cells by a comma, a semicolon or a tab, depending on
 * the language of whoever saved the file: the first row tells.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of chunks) yield* reader.read(decoded(() => decoder.decode(chunk, { stream: true }), reader))
  yield* reader.read(decoded(() => decoder.decode(), reader))
  yield* reader.end()
}

function decoded(decode: () => string, reader: CsvReader): string {
  try {
    return decode()
  } catch {
    throw new CsvUnreadable(reader.row, 'not UTF-8')
  }
}

class CsvReader {
  row = 1
  #separator: string | undefined
  #cells: string[] = []
  #cell = ''
  #length = 0
  #place: Place = 'at the start of a cell'
  #isBroken = false
  #afterReturn = false
  #held = ''

  read(text: string): CsvRecord[] {
    const whole = this.#held + text
    if (this.#separator === undefined && !/[\r\n]/.test(whole) && whole.length < recordMaxLength) {
      this.#held = whole
      return []
    }
    this.#held = ''
    return this.#takeAll(whole)
  }

  end(): CsvRecord[] {
    const records = this.#takeAll(this.#held)
    if (this.#place === 'in quotes') throw new CsvUnreadable(this.row, 'too long')
    const isEmpty = this.#cells.length === 0 && this.#cell === '' && this.#place === 'at the start of a cell'
    return isEmpty ? records : [...records, this.#record()]
  }

  #takeAll(text: string): CsvRecord[] {
    this.#separator ??= separatorIn(text)
    const records: CsvRecord[] = []
    for (const character of text) {
      const record = this.#take(character)
      if (record) records.push(record)
    }
    return records
  }

  #take(character: string): CsvRecord | undefined {
    const isSecondOfPair = this.#afterReturn && character === '\n'
    this.#afterReturn = false
    if (isSecondOfPair) return undefined
    this.#length += character.length
    if (this.#length > recordMaxLength) throw new CsvUnreadable(this.row, 'too long')
    if (this.#place === 'in quotes') {
      if (character === '"') this.#place = 'behind a quote'
      else this.#cell += character
      return undefined
    }
    if (character === '\r' || character === '\n') {
      this.#afterReturn = character === '\r'
      return this.#record()
    }
    if (character === this.#separator) this.#endCell()
    else if (character === '"' && this.#place !== 'in a cell') {
      if (this.#place === 'behind a quote') this.#cell += character
      this.#place = 'in quotes'
    } else {
      if (this.#place === 'behind a quote') this.#isBroken = true
      this.#cell += character
      this.#place = 'in a cell'
    }
    return undefined
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#place = 'at the start of a cell'
  }

  #record(): CsvRecord {
    this.#endCell()
    const record = { row: this.row, cells: this.#cells, isBroken: this.#isBroken }
    this.row += 1
    this.#cells = []
    this.#length = 0
    this.#isBroken = false
    return record
  }
}

function separatorIn(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: header.split(separator).length }))
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator
}

/** A spreadsheet takes a cell that begins like this for a formula, and would carry out what somebody wrote into their own name. */
const formula = /^[=+\-@\t\r\0]/

/** One row of an answer, ended as RFC 4180 ends it. */
export function csvRow(cells: readonly (string | number | boolean)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number | boolean): string {
  const text = String(value)
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
