import { parseArgs } from 'node:util'
import { benchAccount } from './account.ts'
import { benchAdmin } from './admin.ts'
import { benchDirectory } from './directory.ts'
import { benchNumbers } from './numbers.ts'
import { Report } from './report.ts'
import { benchSignIn } from './sign-in.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    people: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    adding: { type: 'string', default: '100000' },
    rows: { type: 'string', default: '100000' },
    crowd: { type: 'string', default: '16' },
    slowdown: { type: 'string', default: '4' },
    engine: { type: 'string' },
  },
})

const { seconds, rounds, engine } = values
const report = new Report({ json: values.json })
const timing = { seconds: Number(seconds), rounds: Number(rounds), engine }

switch (positionals[0]) {
  case 'account':
    await benchAccount(report, { rounds: timing.rounds, slowdown: Number(values.slowdown) })
    break
  case 'admin':
    await benchAdmin(report, { ...timing, people: Number(values.people ?? 1_000_000) })
    break
  case 'directory':
    await benchDirectory(report, { ...timing, people: Number(values.people ?? 1_000_000), adding: Number(values.adding) })
    break
  case 'sign-in':
    await benchSignIn(report, { ...timing, people: Number(values.people ?? 10_000), crowd: Number(values.crowd) })
    break
  case 'numbers':
    await benchNumbers(report, { ...timing, people: Number(values.people ?? 100_000), rows: Number(values.rows) })
    break
  default:
    process.stderr.write(
      `What to measure:
  npm run bench account [-- --json --rounds 3 --slowdown 4]
  npm run bench admin [-- --json --people 1000000 --seconds 4 --engine sqlite|postgres]
  npm run bench directory [-- --json --people 1000000 --seconds 4 --rounds 3 --adding 100000 --engine sqlite|postgres]
  npm run bench numbers [-- --json --people 100000 --seconds 4 --rounds 3 --rows 100000 --engine sqlite|postgres]
  npm run bench sign-in [-- --json --people 10000 --seconds 4 --rounds 3 --crowd 16 --engine sqlite|postgres]
`,
    )
    process.exit(2)
}
