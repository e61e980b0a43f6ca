import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const policyPath = '/policies/authenticationMethodsPolicy'
const everybody = { targetType: 'group', id: 'all_users' }

for (const database of databases) {
  test(`the policy for all methods together has Graph's shape, and what is written is read, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const group = await world.group('campaign')
    const fresh = await admin.get(`/v1.0${policyPath}`)
    assert.equal(fresh.status, 200, fresh.text)
    const { authenticationMethodConfigurations: configurations, ...rest } = fresh.body
    assert.deepEqual(rest, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#policies/authenticationMethodsPolicy/$entity',
      '@odata.etag': fresh.headers.etag,
      id: 'authenticationMethodsPolicy',
      displayName: 'Authentication Methods Policy',
      description: rest.description,
      lastModifiedDateTime: null,
      policyVersion: '1.5',
      policyMigrationState: 'migrationComplete',
      reconfirmationInDays: 180,
      registrationEnforcement: {
        authenticationMethodsRegistrationCampaign: {
          state: 'default',
          snoozeDurationInDays: 1,
          enforceRegistrationAfterAllowedSnoozes: true,
          includeTargets: [{ ...everybody, targetedAuthenticationMethod: 'fido2' }],
          excludeTargets: [],
        },
      },
      systemCredentialPreferences: { state: 'default', includeTargets: [everybody], excludeTargets: [] },
      reportSuspiciousActivitySettings: { state: 'default', includeTarget: everybody, voiceReportingCode: 0 },
    })
    assert.ok(!configurations.some(({ id }: { id: string }) => id === 'HardwareOath'))

    const campaign = { snoozeDurationInDays: 0, excludeTargets: [{ targetType: 'group', id: group.id }] }
    const changes = {
      '@odata.type': '#microsoft.graph.authenticationMethodsPolicy',
      policyMigrationState: 'preMigration',
      registrationEnforcement: { authenticationMethodsRegistrationCampaign: campaign },
      systemCredentialPreferences: { state: 'enabled' },
      reportSuspiciousActivitySettings: { voiceReportingCode: 7 },
      optOutSettings: { passkeyDynamicMigration: true },
    }
    const changed = await admin.patch(`/beta${policyPath}`, changes, { prefer: 'return=representation' })
    assert.equal(changed.status, 200, changed.text)
    assert.equal(changed.headers['preference-applied'], 'return=representation')
    assert.partialDeepStrictEqual(changed.body, {
      policyMigrationState: 'preMigration',
      lastModifiedDateTime: world.now.toISOString(),
      registrationEnforcement: {
        authenticationMethodsRegistrationCampaign: {
          ...campaign,
          state: 'default',
          enforceRegistrationAfterAllowedSnoozes: true,
          includeTargets: [{ ...everybody, targetedAuthenticationMethod: 'fido2' }],
        },
      },
      systemCredentialPreferences: { state: 'enabled', includeTargets: [everybody] },
      reportSuspiciousActivitySettings: { state: 'default', voiceReportingCode: 7 },
      optOutSettings: { passkeyDynamicMigration: true },
    })
    assert.equal((await admin.get(`/v1.0${policyPath}`)).body.optOutSettings, undefined)
    const some = await admin.get(`/v1.0${policyPath}?$select=policyVersion`)
    assert.deepEqual(Object.keys(some.body), ['@odata.context', 'id', 'policyVersion'])
  })

  test(`a policy that does not fit changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const campaign = (changes: object) => ({ registrationEnforcement: { authenticationMethodsRegistrationCampaign: changes } })
    const inCampaign = 'registrationEnforcement/authenticationMethodsRegistrationCampaign'
    const cases: [unknown, string, string | undefined][] = [
      [{ id: 'x' }, 'property_read_only', 'id'],
      [{ policyVersion: '2' }, 'property_read_only', 'policyVersion'],
      [{ authenticationMethodConfigurations: [] }, 'property_read_only', 'authenticationMethodConfigurations'],
      [{ policyMigrationState: 'done' }, 'property_invalid', 'policyMigrationState'],
      [{ reconfirmationInDays: 731 }, 'property_invalid', 'reconfirmationInDays'],
      [{ '@odata.type': '#microsoft.graph.user' }, 'property_invalid', '@odata.type'],
      [campaign({ snoozeDurationInDays: 15 }), 'property_invalid', `${inCampaign}/snoozeDurationInDays`],
      // Nobody is asked for what nobody can set up: a key is not built, and what has no name is nothing.
      [campaign({ state: 'enabled' }), 'method_not_built', undefined],
      ...['TemporaryAccessPas', null].map((targetedAuthenticationMethod): [unknown, string, string] => [
        campaign({ state: 'enabled', includeTargets: [{ ...everybody, targetedAuthenticationMethod }] }),
        'property_invalid',
        `${inCampaign}/includeTargets/0/targetedAuthenticationMethod`,
      ]),
      [
        campaign({ excludeTargets: [{ targetType: 'group', id: randomUUID() }] }),
        'policy_target_unknown',
        `${inCampaign}/excludeTargets/0/id`,
      ],
      [
        { systemCredentialPreferences: { includeTargets: [everybody, everybody] } },
        'property_invalid',
        'systemCredentialPreferences/includeTargets',
      ],
      [{ reconfirmationInDays: 90, colour: 'red' }, 'property_unknown', 'colour'],
    ]
    for (const [body, code, property] of cases) {
      const answer = await admin.patch(`/v1.0${policyPath}`, body)
      assert.equal(answer.status, 400, answer.text)
      const [detail] = answer.body.error.details
      assert.deepEqual([detail.code, detail.target], [code, property], answer.text)
    }
    assert.equal((await admin.get(`/v1.0${policyPath}`)).body.lastModifiedDateTime, null)
    assert.deepEqual(await world.auditTrail(), [])
  })
}
