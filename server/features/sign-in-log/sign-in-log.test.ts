import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'
import { attempt, chrome, failedSignIn, signIn, textStep } from './sign-ins.fixture.ts'

const log = '/v1.0/auditLogs/signIns'

for (const database of databases) {
  test(`a sign-in with a number stands in the log as Graph tells it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const { id, correlationId } = await signIn(world, anna)
    const reader = await world.as('Reports Reader')
    const list = await reader.get(log)
    assert.equal(list.status, 200, list.text)
    const expected = {
      id,
      createdDateTime: '2026-11-20T09:00:00.000Z',
      userDisplayName: 'anna',
      userPrincipalName: anna.userPrincipalName,
      userId: anna.id,
      appId: '6f1b0f0e-5d5b-4a52-9d0a-31d1a3a4b6c1',
      appDisplayName: 'Rota',
      ipAddress: '203.0.113.7',
      clientAppUsed: 'Browser',
      correlationId,
      conditionalAccessStatus: 'notApplied',
      isInteractive: true,
      riskDetail: 'none',
      riskLevelAggregated: 'none',
      riskLevelDuringSignIn: 'none',
      riskState: 'none',
      riskEventTypes: [],
      riskEventTypes_v2: [],
      resourceDisplayName: null,
      resourceId: null,
      resourceTenantId: world.tenantId,
      homeTenantId: world.tenantId,
      servicePrincipalId: null,
      servicePrincipalName: null,
      status: { errorCode: 0, failureReason: null, additionalDetails: null },
      deviceDetail: {
        deviceId: null,
        displayName: null,
        operatingSystem: 'Android',
        browser: 'Chrome 142',
        isCompliant: null,
        isManaged: null,
        trustType: null,
      },
      location: { city: null, state: null, countryOrRegion: null, geoCoordinates: null },
      appliedConditionalAccessPolicies: [],
      authenticationAppDeviceDetails: null,
      userAgent: chrome,
      authenticationDetails: [
        {
          authenticationMethod: 'Text message',
          authenticationMethodDetail: '+XX X XXXXXX78',
          authenticationStepDateTime: '2026-11-20T09:00:00.000Z',
          authenticationStepRequirement: 'Primary authentication',
          authenticationStepResultDetail: 'Correct code entered',
          succeeded: true,
        },
      ],
      authenticationMethodsUsed: ['Text message'],
      authenticationProtocol: 'oAuth2',
      authenticationRequirement: 'singleFactorAuthentication',
      incomingTokenType: 'none',
      sessionId: 'session-1',
      signInEventTypes: ['interactiveUser'],
      signInIdentifier: '+XX X XXXXXX78',
      signInIdentifierType: 'phoneNumber',
    }
    assert.deepEqual(list.body, { '@odata.context': 'https://sesam.test/v1.0/$metadata#auditLogs/signIns', value: [expected] })
    const { '@odata.context': context, ...one } = (await reader.get(`/beta/auditLogs/signIns/${id}`)).body
    assert.equal(context, 'https://sesam.test/beta/$metadata#auditLogs/signIns/$entity')
    assert.deepEqual(one, expected)
  })

  test(`somebody nobody knows leaves the same row, and the reason is told in the reader's language, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { id } = await failedSignIn(world, undefined)
    await world.system.inTransaction(({ signIns }) => signIns.step(id, textStep(world.now, 'wrongCode'), 50034))
    const reader = await world.as('Security Reader')
    const words = new Map<string, string[]>()
    for (const language of ['en', 'nl', 'sv']) {
      const { body } = await reader.get(`${log}/${id}`, { 'accept-language': language })
      assert.partialDeepStrictEqual(body, {
        userId: '',
        userDisplayName: null,
        userPrincipalName: null,
        signInIdentifier: '+XX X XXXXXX78',
      })
      assert.equal(body.status.errorCode, 50034)
      words.set(language, [body.status.failureReason, body.authenticationDetails[0].authenticationStepResultDetail])
    }
    assert.deepEqual(Object.fromEntries(words), {
      en: ['Nobody in this organisation has this user name or number.', 'Wrong code entered'],
      nl: ['Niemand in deze organisatie heeft deze gebruikersnaam of dit nummer.', 'Foute code ingevuld'],
      sv: ['Ingen i organisationen har det här användarnamnet eller numret.', 'Fel kod angiven'],
    })
  })

  test(`an app that comes back by itself leaves a row that is over at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const silent = attempt(world, anna, {
      result: 0,
      isInteractive: false,
      identifier: anna.userPrincipalName,
      identifierType: 'userPrincipalName',
    })
    const detail = undefined
    const step = { at: world.now, method: 'Previously satisfied', detail, succeeded: true, result: 'heldByToken' } as const
    await world.system.inTransaction(({ signIns }) =>
      signIns.add(silent, [{ ...step, requirement: 'Primary authentication' }], {
        sessionId: 'session-1',
        requirement: 'multiFactorAuthentication',
      }),
    )
    const reader = await world.as('Security Reader')
    const { body } = await reader.get(`${log}/${silent.id}`)
    assert.partialDeepStrictEqual(body, {
      clientAppUsed: 'Mobile Apps and Desktop clients',
      isInteractive: false,
      signInEventTypes: ['nonInteractiveUser'],
      incomingTokenType: 'refreshToken',
      authenticationRequirement: 'multiFactorAuthentication',
      authenticationMethodsUsed: ['Previously satisfied'],
      sessionId: 'session-1',
      signInIdentifier: `a***@${world.domain}`,
      signInIdentifierType: 'userPrincipalName',
    })
    assert.equal(body.authenticationDetails[0].authenticationMethodDetail, null)
  })
}
