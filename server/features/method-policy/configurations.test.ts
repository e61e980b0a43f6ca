import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { methodConfigurations } from '#contract/graph/method-configurations.ts'
import { databases, startWorld } from '#test/world.ts'

const policyPath = '/policies/authenticationMethodsPolicy'
const pathOf = (id: string, version = '/v1.0') => `${version}${policyPath}/authenticationMethodConfigurations/${id}`
const smsType = '#microsoft.graph.smsAuthenticationMethodConfiguration'
const rowOf = (id: string) => Object.values(methodConfigurations).find((row) => row.id === id) ?? assert.fail(id)
const typeOf = (id: string) => `#microsoft.graph.${rowOf(id).type}`
const everybody = { targetType: 'group', id: 'all_users' }

/** Properties that are written and read again, for each type. */
const written: [id: string, own: Record<string, unknown>, ofTarget: Record<string, unknown>][] = [
  ['Sms', {}, { isUsableForSignIn: true }],
  ['Voice', { isOfficePhoneAllowed: true }, {}],
  ['MicrosoftAuthenticator', { isSoftwareOathEnabled: true }, { authenticationMode: 'push' }],
  ['SoftwareOath', {}, {}],
  [
    'Fido2',
    {
      isAttestationEnforced: true,
      isSelfServiceRegistrationAllowed: false,
      keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: [randomUUID()] },
      defaultPasskeyProfile: '00000000-0000-0000-0000-000000000001',
      passkeyProfiles: [
        {
          id: '00000000-0000-0000-0000-000000000001',
          name: 'Default',
          passkeyTypes: 'deviceBound,synced',
          attestationEnforcement: 'disabled',
          keyRestrictions: { isEnforced: false, enforcementType: 'allow', aaGuids: [] },
        },
      ],
    },
    { allowedPasskeyProfiles: ['00000000-0000-0000-0000-000000000001'] },
  ],
  [
    'TemporaryAccessPass',
    { defaultLifetimeInMinutes: 120, defaultLength: 12, minimumLifetimeInMinutes: 30, maximumLifetimeInMinutes: 600, isUsableOnce: true },
    {},
  ],
  ['Email', { allowExternalIdToUseEmailOtp: 'disabled' }, {}],
  [
    'X509Certificate',
    {
      authenticationModeConfiguration: {
        x509CertificateAuthenticationDefaultMode: 'x509CertificateMultiFactor',
        x509CertificateDefaultRequiredAffinityLevel: 'high',
        rules: [
          {
            x509CertificateRuleType: 'policyOID',
            identifier: '1.2.3.4',
            x509CertificateAuthenticationMode: 'x509CertificateMultiFactor',
            x509CertificateRequiredAffinityLevel: 'high',
          },
        ],
      },
      certificateUserBindings: [
        { x509CertificateField: 'RFC822Name', userProperty: 'userPrincipalName', priority: 1, trustAffinityLevel: 'low' },
      ],
      certificateAuthorityScopes: [
        { subjectKeyIdentifier: 'ab12', publicKeyInfrastructureIdentifier: 'Contoso PKI', includeTargets: [everybody] },
      ],
      crlValidationConfiguration: { state: 'enabled', exemptedCertificateAuthoritiesSubjectKeyIdentifiers: ['ab12'] },
      issuerHintsConfiguration: { state: 'enabled' },
    },
    {},
  ],
  ['HardwareOath', {}, {}],
]

for (const database of databases) {
  test(`every type of configuration keeps its own properties, and says so on both versions, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const [group, person] = [await world.group('pilot'), await world.person('anna')]
    for (const [id, own, ofTarget] of written) {
      const include = { targetType: 'group', id: group.id, isRegistrationRequired: true, ...ofTarget }
      const exclude = { targetType: 'user', id: person.id }
      const body = { '@odata.type': typeOf(id), id, ...own, includeTargets: [include], excludeTargets: [exclude] }
      const answer = await admin.patch(pathOf(id), body)
      assert.equal(answer.status, 204, `${id}: ${answer.text}`)
      for (const version of ['/v1.0', '/beta']) {
        const read = await admin.get(pathOf(id.toUpperCase(), version))
        const { '@odata.context': context, '@odata.etag': etag, ...rest } = read.body
        const kind = 'policies/authenticationMethodsPolicy/authenticationMethodConfigurations'
        assert.equal(context, `https://sesam.test${version}/$metadata#${kind}/$entity`)
        assert.equal(etag, read.headers.etag)
        assert.deepEqual(rest, { ...rowOf(id).usual, ...body, state: 'disabled' }, id)
        const again = await admin.patch(pathOf(id, version), read.body)
        assert.equal(again.status, 204, `${id} sent back as it came: ${again.text}`)
      }
    }
    assert.equal((await world.auditTrail()).length, written.length)
    const listed = await admin.get(`/beta${policyPath}/authenticationMethodConfigurations`)
    assert.deepEqual(
      listed.body.value.map(({ id }: { id: string }) => id),
      written.map(([id]) => id),
    )
  })

  test(`what a part does not speak of stays as it was, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const path = pathOf('MicrosoftAuthenticator')
    const role = '62e90394-69f5-4237-9190-012177145e10'
    const unit = await world.unit('Store 12')
    const app = { state: 'enabled', includeTarget: { targetType: 'administrativeUnit', id: unit.id } }
    const location = { excludeTarget: { '@odata.type': '#microsoft.graph.featureTarget', targetType: 'role', id: role } }
    for (const featureSettings of [{ displayAppInformationRequiredState: app }, { displayLocationInformationRequiredState: location }]) {
      const answer = await admin.patch(path, { '@odata.type': typeOf('MicrosoftAuthenticator'), featureSettings })
      assert.equal(answer.status, 204, answer.text)
    }
    const nobody = { targetType: 'group', id: '00000000-0000-0000-0000-000000000000' }
    assert.deepEqual((await admin.get(path)).body.featureSettings, {
      displayAppInformationRequiredState: { ...app, excludeTarget: nobody },
      displayLocationInformationRequiredState: {
        state: 'default',
        includeTarget: everybody,
        excludeTarget: { targetType: 'role', id: role },
      },
    })
  })

  test(`a method that is not built yet cannot be turned on, and says so in three languages, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const body = { '@odata.type': typeOf('X509Certificate'), state: 'enabled' }
    const words = { en: /is not available in this version/, nl: /nog niet beschikbaar/, sv: /finns ännu inte/ }
    for (const [language, expected] of Object.entries(words)) {
      const refused = await admin.patch(pathOf('x509certificate'), body, { 'accept-language': language })
      assert.equal(refused.status, 400)
      assert.equal(refused.body.error.code, 'badRequest')
      assert.equal(refused.body.error.details[0].code, 'method_not_built')
      assert.match(refused.body.error.message, expected)
      assert.match(refused.body.error.message, /X509Certificate/)
    }
    const policy = await admin.get(`/v1.0${policyPath}`)
    assert.ok(policy.body.authenticationMethodConfigurations.every(({ state }: { state: string }) => state === 'disabled'))
  })

  test(`one bad target among fifty saves nothing, and the refusal names it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const groups = await Promise.all(Array.from({ length: 49 }, (_, index) => world.group(`store ${index}`)))
    const missing = randomUUID()
    const targets = groups.map(({ id }) => ({ targetType: 'group', id, isUsableForSignIn: true }))
    targets.splice(31, 0, { targetType: 'group', id: missing, isUsableForSignIn: true })
    const refused = await admin.patch(pathOf('sms'), { '@odata.type': smsType, state: 'enabled', includeTargets: targets })
    assert.equal(refused.status, 400, refused.text)
    assert.deepEqual(refused.body.error.details[0].target, 'includeTargets/31/id')
    assert.match(refused.body.error.message, new RegExp(missing))
    assert.equal((await admin.get(pathOf('sms'))).body.state, 'disabled')
    assert.deepEqual(await world.auditTrail(), [])
    targets.splice(31, 1)
    assert.equal((await admin.patch(pathOf('sms'), { '@odata.type': smsType, state: 'enabled', includeTargets: targets })).status, 204)
    assert.equal((await admin.get(pathOf('sms'))).body.includeTargets.length, 49)
  })

  test(`what does not fit a configuration is refused by name, and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const [anna, gone, group] = [await world.person('anna'), await world.person('gone'), await world.group('pilot')]
    assert.equal((await admin.delete(`/v1.0/users/${gone.id}`)).status, 204)
    const sms = (changes: object) => ({ '@odata.type': smsType, ...changes })
    const target = (changes: object) => sms({ includeTargets: [{ targetType: 'group', id: 'all_users', ...changes }] })
    const tap = (changes: object) => ({ '@odata.type': typeOf('TemporaryAccessPass'), ...changes })
    const fido = (changes: object) => ({ '@odata.type': typeOf('Fido2'), ...changes })
    const many = Array.from({ length: 501 }, () => ({ targetType: 'group', id: randomUUID() }))
    const cases: [id: string, body: unknown, code: string, property: string][] = [
      ['sms', { state: 'enabled' }, 'property_required', '@odata.type'],
      ['sms', { '@odata.type': '#microsoft.graph.carrierPigeon', state: 'enabled' }, 'property_invalid', '@odata.type'],
      ['sms', { '@odata.type': 1 }, 'property_invalid', '@odata.type'],
      ['sms', { '@odata.type': typeOf('Voice'), state: 'enabled' }, 'property_invalid', '@odata.type'],
      ['sms', sms({ id: 'Voice' }), 'property_invalid', 'id'],
      ['sms', sms({ state: 'on' }), 'property_invalid', 'state'],
      ['sms', sms({ isOfficePhoneAllowed: true }), 'property_unknown', 'isOfficePhoneAllowed'],
      ['sms', target({ isUsableForSignIn: null }), 'property_invalid', 'includeTargets/0/isUsableForSignIn'],
      ['sms', target({ authenticationMode: 'push' }), 'property_unknown', 'includeTargets/0/authenticationMode'],
      ['sms', target({ '@odata.type': '#microsoft.graph.x' }), 'property_invalid', 'includeTargets/0/@odata.type'],
      ['sms', target({ targetType: 'unknownFutureValue' }), 'property_invalid', 'includeTargets/0/targetType'],
      ['sms', target({ id: 'everybody' }), 'property_invalid', 'includeTargets/0/id'],
      ['sms', target({ targetType: 'user' }), 'policy_target_unknown', 'includeTargets/0/id'],
      ['sms', target({ id: anna.id }), 'policy_target_unknown', 'includeTargets/0/id'],
      ['sms', target({ targetType: 'user', id: group.id }), 'policy_target_unknown', 'includeTargets/0/id'],
      ['sms', target({ targetType: 'user', id: gone.id }), 'policy_target_unknown', 'includeTargets/0/id'],
      ['sms', sms({ excludeTargets: [{ targetType: 'group', id: randomUUID() }] }), 'policy_target_unknown', 'excludeTargets/0/id'],
      ['sms', sms({ includeTargets: [everybody, { targetType: 'group', id: 'ALL_USERS' }] }), 'property_invalid', 'includeTargets/1/id'],
      ['sms', sms({ includeTargets: many }), 'property_invalid', 'includeTargets'],
      ['sms', sms({ includeTargets: null }), 'property_invalid', 'includeTargets'],
      ['sms', undefined, 'body_missing', ''],
      ['TemporaryAccessPass', tap({ defaultLifetimeInMinutes: 500 }), 'property_invalid', 'defaultLifetimeInMinutes'],
      ['TemporaryAccessPass', tap({ defaultLength: 7 }), 'property_invalid', 'defaultLength'],
      ['Fido2', fido({ defaultPasskeyProfile: randomUUID() }), 'property_invalid', 'defaultPasskeyProfile'],
      [
        'Fido2',
        fido({ includeTargets: [{ ...everybody, allowedPasskeyProfiles: [randomUUID()] }] }),
        'property_invalid',
        'includeTargets/allowedPasskeyProfiles',
      ],
      ['Fido2', fido({ passkeyProfiles: [{}, {}, {}, {}] }), 'property_invalid', 'passkeyProfiles'],
    ]
    const trail = await world.auditTrail()
    for (const [id, body, code, property] of cases) {
      const answer = await admin.patch(pathOf(id), body)
      assert.equal(answer.status, 400, `${JSON.stringify(body)?.slice(0, 200)}: ${answer.text}`)
      const [detail] = answer.body.error.details
      assert.deepEqual([detail.code, detail.target ?? ''], [code, property], answer.text)
      assert.equal(answer.body.error.code, 'badRequest')
    }
    const unknown = await admin.patch(pathOf('sms'), { '@odata.type': '#microsoft.graph.carrierPigeon' })
    assert.match(unknown.body.error.message, /#microsoft\.graph\.smsAuthenticationMethodConfiguration/)
    for (const method of ['get', 'delete'] as const) {
      const answer = await admin[method](pathOf('carrierPigeon'))
      assert.equal(answer.status, 404)
      assert.equal(answer.body.error.code, 'resourceNotFound')
    }
    assert.deepEqual(await world.auditTrail(), trail)
  })
}
