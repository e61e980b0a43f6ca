import { parseArgs } from 'node:util'
import { benchDirectory } from './directory.ts'
import { Report } from './report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    people: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    adding: { type: 'string', default: '100000' },
    engine: { type: 'string' },
  },
})

if (positionals[0] !== 'directory') {
  process.stderr.write(
    'What to measure: npm run bench directory [-- --json --people 1000000 --seconds 4 --rounds 3 --adding 100000 --engine sqlite|postgres]\n',
  )
  process.exit(2)
}
await benchDirectory(new Report({ json: values.json }), {
  people: Number(values.people),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  adding: Number(values.adding),
  engine: values.engine,
})
