import { createApp } from '#server/app.ts'
import type { Limit, Limits } from '#server/domain/budget.ts'
import { usualLimits } from '#server/domain/budget.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import type { OutgoingText, SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { openLog } from '#server/http/logging.ts'
import { startJobs } from '#server/jobs/schedule.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import { openDatabase } from '#server/store/database.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'
import { CodeDoor } from './code-door.ts'
import { mountCodes } from './codes-alone.ts'
import { CommitCount } from './commit-count.ts'
import { readSeat } from './seat.ts'

// The program as `npm run serve` puts it together, but for three things: budgets nobody here can use up, since a few thousand people come
// again and again from one machine; a gateway that hands codes over; and two doors more, to prove a number without any protocol around it.

const seat = readSeat()
const count = new CommitCount()
const opened = openDatabase(seat)
const database = seat.counts ? count.over(opened) : opened
const masterKey = new MasterKey(Buffer.from(seat.masterKey, 'base64'))
const installation = new Installation({ database, masterKey, publicUrl: seat.publicUrl, limits: wide(), now: () => new Date() })
const log = openLog('info')
const app = createApp({
  installation,
  log,
  hosts: new Set([new URL(seat.publicUrl).host, `localhost:${seat.port}`, `127.0.0.1:${seat.port}`]),
  trustedProxies: ['127.0.0.1'],
  metricsToken: undefined,
})
mountCodes(app, installation, seat)
await app.listen({ port: seat.port, host: '127.0.0.1' })
const jobs = startJobs(installation, { dataDirectory: seat.dataDirectory, log })
const sending = startSending(installation, { gateways: [handOver(new CodeDoor(seat.codePort))], log })

process.once('SIGTERM', async () => {
  app.server.closeAllConnections()
  await app.close()
  await Promise.all([jobs.stop(), sending.stop()])
  await database.close()
  if (seat.counts) process.stderr.write(JSON.stringify(count))
  process.exit(0)
})

function handOver(door: CodeDoor): SmsGateway {
  return {
    name: 'hand over',
    perSecond: undefined,
    async send({ to, text }: OutgoingText): Promise<SendResult> {
      door.hand(to, /#(\d+)$/.exec(text)?.[1] ?? '')
      return { kind: 'sent' }
    },
  }
}

function wide(): Limits {
  const limit: Limit = { count: 1_000_000, perMs: 1_000 }
  const widened = (group: object) => Object.fromEntries(Object.keys(group).map((name) => [name, limit]))
  // The same names, each with the same limit.
  return { texts: widened(usualLimits.texts), failures: widened(usualLimits.failures) } as Limits
}
