/** What a file's rows say, cell by cell; the first is its heading. */
export interface CsvTable {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}

const separators = [',', ';', '\t'] as const

/**
 * Reads what was chosen or pasted, so that its columns can be named. It judges nothing: what is right or wrong with a row the server says. Rows
 * pasted out of a spreadsheet are parted by tabs, and spreadsheets of some languages part cells by semicolons.
 */
export function readTable(text: string): CsvTable {
  const separator = separatorOf(text)
  const [header = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ''), separator)
  return { header: header.map((cell) => cell.trim()), rows: rows.filter((row) => row.some((cell) => cell.trim() !== '')) }
}

/** The same rows with only the columns that were named, under their names for the server. */
export function writeTable({ rows }: CsvTable, columns: readonly (string | undefined)[]): string {
  const kept = columns.flatMap((name, index) => (name === undefined ? [] : [{ name, index }]))
  const lines = [kept.map(({ name }) => name), ...rows.map((row) => kept.map(({ index }) => row[index] ?? ''))]
  return lines.map((cells) => cells.map(cellText).join(',')).join('\r\n')
}

function cellText(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1)
  return [...separators].sort((one, other) => line.split(other).length - line.split(one).length)[0] ?? ','
}

/** RFC 4180: a quote at the start of a cell holds everything up to the next one that is not doubled. */
function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endRow = () => {
    rows.push([...row, cell])
    row = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (text.charAt(at + 1) === '"') cell += text.charAt(++at)
      else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === separator) {
      row.push(cell)
      cell = ''
    } else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}
