import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CsvRecord, CsvUnreadable, csvRow, readCsv } from './csv.ts'

async function read(text: string | Uint8Array, chunkLength = 7): Promise<CsvRecord[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkLength) }, (_, index) =>
    bytes.subarray(index * chunkLength, (index + 1) * chunkLength),
  )
  const records: CsvRecord[] = []
  for await (const record of readCsv(chunks)) records.push(record)
  return records
}

async function cellsOf(text: string, chunkLength?: number): Promise<(readonly string[])[]> {
  return (await read(text, chunkLength)).map(({ cells }) => cells)
}

test('rows are read however they are ended, and whatever the chunks they come in', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    for (const chunkLength of [1, 2, 3, 5, 1_000]) {
      const text = ['name,number', 'Åsa,1', '"Ann ""A"" B","2', '3"', ',', 'last,4'].join(end)
      const second = `2${end}3`
      const expected = [
        ['name', 'number'],
        ['Åsa', '1'],
        ['Ann "A" B', second],
        ['', ''],
        ['last', '4'],
      ]
      assert.deepEqual(await cellsOf(text, chunkLength), expected, `${JSON.stringify(end)} ${chunkLength}`)
      assert.deepEqual(await cellsOf(text + end, chunkLength), expected)
    }
  }
})

test('a Dutch or Swedish spreadsheet parts cells by semicolons, and a mark of its coding comes first', async () => {
  assert.deepEqual(await cellsOf('\ufeffname;"a, b";c\r\nx;1,5;"y;z"\r\n'), [
    ['name', 'a, b', 'c'],
    ['x', '1,5', 'y;z'],
  ])
  assert.deepEqual(await cellsOf('a\tb\n1\t2'), [
    ['a', 'b'],
    ['1', '2'],
  ])
  assert.deepEqual(await cellsOf('one'), [['one']])
  assert.deepEqual(await cellsOf(''), [])
})

test('rows have the numbers a spreadsheet shows', async () => {
  const records = await read('a\n\n"x\ny"\nb')
  assert.deepEqual(
    records.map(({ row, cells }) => [row, cells[0]]),
    [
      [1, 'a'],
      [2, ''],
      [3, 'x\ny'],
      [4, 'b'],
    ],
  )
})

test('a quote inside a cell is a quote, and what follows the end of a quoted cell breaks its row alone', async () => {
  const records = await read('a,b\n5" screen,x\n"b"c,d\ne,f')
  assert.deepEqual(
    records.map(({ cells, isBroken }) => [...cells, isBroken]),
    [
      ['a', 'b', false],
      ['5" screen', 'x', false],
      ['bc', 'd', true],
      ['e', 'f', false],
    ],
  )
})

test('a quote that nobody closes, or a cell without an end, is found before it fills the memory', async () => {
  const unreadable = async (text: string | Uint8Array) => {
    try {
      await read(text, 64 * 1024)
      return undefined
    } catch (error) {
      return error instanceof CsvUnreadable ? `${error.row} ${error.because}` : assert.fail(String(error))
    }
  }
  assert.equal(await unreadable(`a,b\n"${'x,y\n'.repeat(500_000)}`), '2 too long')
  assert.equal(await unreadable(`a,b\n1,2\n${'z'.repeat(1_000_000)},1`), '3 too long')
  assert.equal(await unreadable('z'.repeat(1_000_000)), '1 too long')
  assert.equal(await unreadable('a\n"never closed'), '2 too long')
  assert.equal(await unreadable(Buffer.from('a\nJos\xe9\n', 'latin1')), '1 not UTF-8')
  assert.equal(await unreadable(Buffer.from('\ufeffa;b', 'utf16le')), '1 not UTF-8')
})

test('a NUL and other odd characters are read as they stand', async () => {
  assert.deepEqual(await cellsOf('a\u0000b,\u202e😀\n', 1), [['a\u0000b', '\u202e😀']])
})

test('no cell of ours is carried out by a spreadsheet', () => {
  const row = csvRow(['=1+1', '+31 6', '-2', '@x', '\tx', '\rx', '\0x', 'a"b', 'a,b', 'a;b', 'a\nb', 'plain', 7, true])
  assert.equal(row, `'=1+1,'+31 6,'-2,'@x,"'\tx","'\rx",'\0x,"a""b","a,b","a;b","a\nb",plain,7,true\r\n`)
})
