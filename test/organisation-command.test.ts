import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { run, startServer, tokenOf } from './operator.ts'
import { newDirectory } from './world.ts'

const masterKey = randomBytes(32).toString('base64')

test('an operator adds a domain and the licences that were bought, and nobody takes back what is in use', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data'), MASTER_KEY: masterKey }
  const organisation = (...words: string[]) => run(['organisation', ...words], environment)
  const nothing = await organisation('--domain', 'one.example', '--licence', 'EMS', '--units', '1')
  assert.equal(nothing.code, 2)
  assert.match(nothing.said, /There is no database/)
  for (const domain of ['one.example', 'two.example']) {
    assert.equal((await run(['bootstrap', '--domain', domain, '--user', `me@${domain}`], environment)).code, 0)
  }

  const both = await organisation('--domain', 'one.example', '--add-domain', 'Shop.One.example', '--licence', 'ems', '--units', '120')
  assert.equal(both.code, 0, both.said)
  assert.match(
    both.said,
    / {2}domain {3}one\.example, default, initial\n {2}domain {3}shop\.one\.example\n {2}licence {2}EMS: 120 bought, 0 in use\n$/,
  )
  for (const [words, said] of [
    [['--add-domain', 'two.example'], /belongs to another organisation/],
    [['--add-domain', 'shop.one.example'], /of this organisation already/],
    [['--add-domain', 'shop_one'], /takes a domain such as/],
    [['--add-domain', '10.0.0.1'], /takes a domain such as/],
    [['--licence', 'EMS'], /go together/],
    [['--licence', 'EMS', '--units', '1.5'], /whole number/],
    [['--licence', 'GOLD', '--units', '1'], /one of M365_F1/],
  ] as const) {
    const refused = await organisation('--domain', 'one.example', ...words)
    assert.equal(refused.code, 2, refused.said)
    assert.match(refused.said, said)
  }
  assert.match((await organisation('--domain', 'three.example')).said, /No organisation here has the domain three\.example/)

  const held = { DATA_DIR: join(newDirectory(), 'data') }
  const server = await startServer(['evaluate'], held)
  const seen = await run(['organisation', '--domain', 'contoso.example'], held)
  assert.match(seen.said, /licence {2}SPE_F1: 13 bought, 13 in use/, 'looking works beside the server')
  const busy = await run(['organisation', '--domain', 'contoso.example', '--licence', 'SPE_F1', '--units', '14'], held)
  assert.match(busy.said, /Another Sesam already works with/)
  await server.stop()
  const fewer = await run(['organisation', '--domain', 'contoso.example', '--licence', 'SPE_F1', '--units', '12'], held)
  assert.equal(fewer.code, 2)
  assert.match(fewer.said, /Take back 1 of these licences first/)
  const more = await run(['organisation', '--domain', 'contoso.example', '--licence', 'SPE_F1', '--units', '14'], held)
  assert.match(more.said, /SPE_F1: 14 bought, 13 in use/)

  const again = await startServer(['evaluate'], held)
  const audits = await again.get('/v1.0/auditLogs/directoryAudits?$top=5', await tokenOf('admin@contoso.example', held))
  // Starting again at another address, the evaluation tells its sample app so, and that stands on top.
  const event = audits.body.value.find((one: { activityDisplayName: string }) => one.activityDisplayName === 'Update company settings')
  assert.deepEqual([event.activityDisplayName, event.initiatedBy.app.displayName], ['Update company settings', 'organisation'])
  assert.deepEqual(event.targetResources[0].modifiedProperties, [
    { displayName: 'prepaidUnits.enabled', oldValue: '"13"', newValue: '"14"' },
  ])
  await again.stop()
})
