import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { doors } from '#server/app.ts'
import type { Route } from '#server/http/route.ts'
import { Csdl } from './csdl.ts'
import { fillOrganization } from './sample-organization.ts'
import { databases, startWorld, type TestAnswer } from './world.ts'

const graph = new Csdl(readFileSync(new URL('graph-csdl-subset.xml', import.meta.url), 'utf8'))

/** What is read at a path, under Graph's name; the first that fits. */
const types: readonly (readonly [RegExp, string])[] = [
  [/\/microsoft\.graph\.(\w+)$/, '$1'],
  [/\/(?:members|transitiveMembers|owners|memberOf|transitiveMemberOf|directReports)$/, 'directoryObject'],
  [/\/(?:manager|deletedItems\/:id|directoryObjects\/:id|members\/:memberId)$/, 'directoryObject'],
  [/\/phoneMethods(?:\/:methodId)?$/, 'phoneAuthenticationMethod'],
  [/\/emailMethods(?:\/:methodId)?$/, 'emailAuthenticationMethod'],
  [/\/temporaryAccessPassMethods(?:\/:methodId)?$/, 'temporaryAccessPassAuthenticationMethod'],
  [/\/passwordMethods(?:\/:methodId)?$/, 'passwordAuthenticationMethod'],
  [/\/authentication\/methods(?:\/:methodId)?$/, 'authenticationMethod'],
  [/\/licenseDetails$/, 'licenseDetails'],
  [/\/scopedRole(?:MemberOf|Members|Members\/:membershipId)$/, 'scopedRoleMembership'],
  [/\/administrativeUnits(?:\/:id)?$/, 'administrativeUnit'],
  [/\/directoryRoles(?:\/:id|\(.*\))?$/, 'directoryRole'],
  [/\/directoryRoleTemplates(?:\/:id)?$/, 'directoryRoleTemplate'],
  [/\/roleDefinitions(?:\/:id)?$/, 'unifiedRoleDefinition'],
  [/\/roleAssignments(?:\/:id)?$/, 'unifiedRoleAssignment'],
  [/\/authenticationMethodConfigurations(?:\/:id)?$/, 'authenticationMethodConfiguration'],
  [/\/authenticationMethodsPolicy$/, 'authenticationMethodsPolicy'],
  [/\/userRegistrationDetails(?:\/:id)?$/, 'userRegistrationDetails'],
  [/\/usersRegisteredByFeature(?::parameters)?$/, 'userRegistrationFeatureSummary'],
  [/\/usersRegisteredByMethod(?::parameters)?$/, 'userRegistrationMethodSummary'],
  [/\/signIns(?:\/:id)?$/, 'signIn'],
  [/\/directoryAudits(?:\/:id)?$/, 'directoryAudit'],
  [/^\/(?:users(?:\/:id)?|me)$/, 'user'],
  [/^\/groups(?:\/:id)?$/, 'group'],
  [/^\/applications(?:\/:id)?$/, 'application'],
  [/^\/servicePrincipals(?:\/:id)?$/, 'servicePrincipal'],
  [/^\/subscribedSkus(?:\/:id)?$/, 'subscribedSku'],
  [/^\/organization(?:\/:id)?$/, 'organization'],
  [/^\/domains(?:\/:id)?$/, 'domain'],
]

/** Where we answer with more than the metadata knows: a library keeps what it does not know aside. Nothing else is ever different. */
const known: ReadonlySet<string> = new Set([
  // From Graph's beta, since our own pages and the documentation of v1.0 speak of it.
  'unifiedRoleDefinition.isPrivileged is not in unifiedRoleDefinition',
  'servicePrincipal.createdDateTime is not in servicePrincipal',
  'authenticationMethodsPolicy.registrationEnforcement.authenticationMethodsRegistrationCampaign.enforceRegistrationAfterAllowedSnoozes is not in authenticationMethodsRegistrationCampaign',
  'authenticationMethodsPolicy.systemCredentialPreferences is not in authenticationMethodsPolicy',
  'authenticationMethodsPolicy.reportSuspiciousActivitySettings is not in authenticationMethodsPolicy',
  ...[
    'authenticationDetails',
    'authenticationMethodsUsed',
    'authenticationProtocol',
    'authenticationRequirement',
    'incomingTokenType',
    'sessionId',
    'signInEventTypes',
    'signInIdentifier',
    'signInIdentifierType',
  ].map((property) => `signIn.${property} is not in signIn`),
  // In Graph's own answers, but not in its metadata: the type takes any property.
  'scopedRoleMembership.roleMemberInfo.userPrincipalName is not in identity',
  // Ours.
  'application.tokenSigningAlgorithm is not in application',
  'application.web.backChannelLogoutUri is not in webApplication',
  // Graph has these types, but not the part of its metadata that lies here.
  ...['authenticationMethodsPolicy.authenticationMethodConfigurations[]', 'authenticationMethodConfiguration'].flatMap((configuration) =>
    ['microsoftAuthenticator', 'passkey'].map(
      (method) => `${configuration}.includeTargets[] is ${method}AuthenticationMethodTarget, of which nothing is known`,
    ),
  ),
])

/** These have no type in the part of the metadata that lies here. */
const withoutType = [
  '/organization/:id/branding',
  '/organization/:id/branding/localizations/0/bannerLogo',
  '/users/:id/authentication/signInPreferences',
  '/me/authentication/signInPreferences',
  '/servicePrincipals/:id/appRoleAssignments',
  '/oauth2PermissionGrants',
  '/oauth2PermissionGrants/:id',
]

const read = doors.flatMap(({ route, prefix }) =>
  prefix === '/v1.0' && route.method === 'GET' && !/\/\$(?:count|ref)$/.test(route.path) ? [route] : [],
)

describe('every resource is what the metadata of Graph says', () => {
  test('and no door is forgotten', () => {
    const forgotten = read.filter(({ path }) => typeAt(path) === undefined).map(({ path }) => path)
    assert.deepEqual(forgotten, withoutType)
  })

  for (const database of databases) {
    test(`when it is read and when it is made, on ${database.name}`, async () => {
      await using world = await startWorld(database)
      const organization = await fillOrganization(world)
      const seen = new Set<string>()
      const differences = new Set<string>()
      const hold = (type: string, json: unknown) => {
        seen.add(type)
        for (const difference of graph.differences(type, json)) differences.add(difference.replaceAll(/\[\d+\]/g, '[]'))
      }
      for (const route of read) {
        const type = typeAt(route.path)
        if (!type) continue
        const path = `/v1.0${await organization.pathOf(route.path)}`
        for (const query of queriesOf(route)) for (const item of itemsOf(await organization.client.get(path + query))) hold(type, item)
      }
      for (const [type, json] of organization.made) hold(type, json)
      assert.deepEqual([...differences.difference(known)], [])
      assert.deepEqual([...known.difference(differences)], [], 'is no difference any more')
      const unseen = types.map(([, type]) => type).filter((type) => type !== '$1' && !seen.has(type))
      assert.deepEqual(unseen, [])
    })
  }
})

/** As it comes, and with every property that may be asked for. */
function queriesOf({ queryable }: Route): string[] {
  return queryable?.selectable ? ['', `?$select=${queryable.selectable.join(',')}`] : ['']
}

function itemsOf({ status, body, text }: TestAnswer): unknown[] {
  assert.equal(status, 200, text)
  return 'value' in body ? body.value : [body]
}

function typeAt(path: string): string | undefined {
  for (const [pattern, type] of types) {
    const found = pattern.exec(path)
    if (found) return type === '$1' ? found[1] : type
  }
  return undefined
}

const small = new Csdl(`
  <EnumType Name="colour"><Member Name="red" Value="0" /><Member Name="blue" Value="1" /></EnumType>
  <EnumType Name="ways" IsFlags="true"><Member Name="sea" Value="1" /><Member Name="air" Value="2" /></EnumType>
  <ComplexType Name="size"><Property Name="height" Type="Edm.Int32" Nullable="false" /></ComplexType>
  <EntityType Name="thing" Abstract="true"><Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>
  <EntityType Name="box" BaseType="graph.thing">
    <Property Name="colour" Type="graph.colour" />
    <Property Name="ways" Type="graph.ways" />
    <Property Name="size" Type="graph.size" />
    <Property Name="madeDateTime" Type="Edm.DateTimeOffset" />
    <Property Name="labels" Type="Collection(Edm.String)" Nullable="false" />
    <NavigationProperty Name="inside" Type="Collection(graph.thing)" />
  </EntityType>
  <EntityType Name="lid" BaseType="graph.thing" />`)

const box = { id: '1', colour: 'red', ways: 'sea,air', size: { height: 2 }, madeDateTime: '2026-11-20T09:00:00Z', labels: ['a'] }

const cases: readonly (readonly [string, unknown, string[]])[] = [
  ['fits', box, []],
  ['is empty where it may be', { id: '1', colour: null, size: null, labels: [] }, []],
  ['says of what kind it is', { ...box, '@odata.type': '#microsoft.graph.box', '@odata.context': 'x' }, []],
  ['lacks what it must have', {}, ['box.id is missing']],
  ['has a property too many', { ...box, weight: 2 }, ['box.weight is not in box']],
  ['has an unknown word', { ...box, colour: 'green' }, ['box.colour is "green", no colour']],
  ['has an unknown word among several', { ...box, ways: 'sea,land' }, ['box.ways is "sea,land", no ways']],
  ['is empty where it may not be', { ...box, id: null, labels: null }, ['box.id is null', 'box.labels is null, no list of Edm.String']],
  ['is empty inside a list', { ...box, labels: [null] }, ['box.labels[0] is null, no Edm.String']],
  ['has a number as text', { ...box, size: { height: '2' } }, ['box.size.height is "2", no Edm.Int32']],
  [
    'has a moment without its zone',
    { ...box, madeDateTime: '2026-11-20T09:00:00' },
    ['box.madeDateTime is "2026-11-20T09:00:00", no Edm.DateTimeOffset'],
  ],
  ['holds something of no kind', { ...box, inside: [{ id: '2' }] }, ['box.inside[0] does not say which thing it is']],
  ['holds something of a kind', { ...box, inside: [{ '@odata.type': '#microsoft.graph.lid', id: '2' }] }, []],
  ['is another kind', { '@odata.type': '#microsoft.graph.lid', id: '2' }, ['box is lid, which is no box']],
  ['is an unknown kind', { '@odata.type': '#microsoft.graph.cup', id: '2' }, ['box is cup, of which nothing is known']],
  ['is a list', [box], ['box is [']],
]

for (const [words, json, expected] of cases) {
  test(`JSON that ${words} is told from a box of the metadata`, () => {
    const found = small.differences('box', json)
    assert.deepEqual(
      found.map((difference, index) => (difference.startsWith(expected[index] ?? '?') ? expected[index] : difference)),
      expected,
    )
  })
}
