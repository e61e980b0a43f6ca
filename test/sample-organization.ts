import assert from 'node:assert/strict'
import { skus } from '#contract/graph/skus.ts'
import { permissionIdOf, sesamApi } from '#server/domain/app-permissions.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import { registerApp, signInByNumber } from './visitor.ts'
import type { Client, TestAnswer, World } from './world.ts'

/** Everything a person can be told to be. */
const annasProperties = {
  accountEnabled: true,
  displayName: 'Anna',
  mailNickname: 'anna',
  givenName: 'Anna',
  surname: 'Jansen',
  mail: 'anna@contoso.example',
  jobTitle: 'Cashier',
  department: 'Store 12',
  officeLocation: 'Utrecht',
  employeeId: '12',
  companyName: 'Contoso',
  streetAddress: 'Oudegracht 1',
  postalCode: '3511 AA',
  city: 'Utrecht',
  state: 'Utrecht',
  country: 'Nederland',
  usageLocation: 'NL',
  preferredLanguage: 'nl-NL',
  mobilePhone: '+31 612345678',
  businessPhones: ['+31 201234567'],
  otherMails: ['anna@example.org'],
  userType: 'Member',
  passwordPolicies: 'None',
  passwordProfile: { password: 'correct horse battery', forceChangePasswordNextSignIn: false },
}

const stockCounter = {
  displayName: 'Stock counter',
  description: 'Counts what is left',
  web: { redirectUris: ['https://stock.example/cb'], homePageUrl: 'https://stock.example', logoutUrl: 'https://stock.example/out' },
  spa: { redirectUris: ['http://localhost:5173'] },
  publicClient: { redirectUris: ['com.example.stock:/cb'] },
  requiredResourceAccess: [
    { resourceAppId: sesamApi.appId, resourceAccess: [{ id: permissionIdOf('Scope', 'User.Read'), type: 'Scope' }] },
  ],
}

/** An organisation that has something of everything, with an administrator who sees it all and what was answered when it was made. */
export class SampleOrganization {
  readonly world: World
  readonly client: Client
  /** Under the name of Graph's type. */
  readonly made: (readonly [type: string, body: unknown])[] = []
  readonly #ids = new Map<string, string>()

  constructor(world: World, client: Client) {
    this.world = world
    this.client = client
  }

  async fill(): Promise<void> {
    const anna = await this.#make('user', '/users', { ...annasProperties, userPrincipalName: `anna@${this.world.domain}` })
    const people = [anna, this.client.id]
    await this.#addGroupsAndUnit(people)
    await this.#addLicences(people)
    await this.#addNumbers(people)
    await this.#addAddresses(anna)
    await this.#addPasses(anna)
    await this.#addApps()
    const gone = await this.world.person('gone')
    succeeded(await this.client.delete(`/v1.0/users/${gone.id}`))
    this.#ids.set('/directory/deletedItems', gone.id)
    for (const root of ['/directoryObjects', '/reports/authenticationMethods/userRegistrationDetails']) this.#ids.set(root, anna)
    this.#ids.set('/policies/authenticationMethodsPolicy/authenticationMethodConfigurations', 'sms')
  }

  /** A door's path, with something that is there in the place of each parameter. */
  async pathOf(path: string): Promise<string> {
    const [before = '', after] = path.split(/\/:id|\(roleTemplateId=':id'\)/)
    const passes = `${path.startsWith('/me/') ? '/me' : ''}/temporaryAccessPassMethods`
    const filled = (text: string) =>
      text
        .replace('passwordMethods/:methodId', 'passwordMethods/28c10230-6103-485e-b985-444c60001490')
        .replace('emailMethods/:methodId', 'emailMethods/3ddfcfc8-9383-446f-83cc-3ab9be4be18f')
        .replace('temporaryAccessPassMethods/:methodId', `temporaryAccessPassMethods/${this.#ids.get(passes)}`)
        .replace(':methodId', '3179e48a-750b-4051-897c-87b9720928f7')
        .replace(':parameters', "(includedUserTypes='all',includedUserRoles='all')")
        .replace(':memberId', this.#ids.get('/users') ?? '')
    if (after === undefined) return filled(before)
    if (path.includes('roleTemplateId')) return `${before}(roleTemplateId='${await this.#first(before, 'roleTemplateId')}')`
    const one = `${before}/${this.#ids.get(before) ?? (await this.#first(before))}`
    if (!after.includes(':membershipId')) return one + filled(after)
    const memberships = `${one}${after.replace('/:membershipId', '')}`
    return `${memberships}/${await this.#first(memberships)}`
  }

  async #first(list: string, property = 'id'): Promise<string> {
    const { value } = succeeded(await this.client.get(`/v1.0${list}`))
    return value[0]?.[property] ?? assert.fail(`nothing in ${list}`)
  }

  async #make(type: string, at: string, body: object): Promise<string> {
    const answer = succeeded(await this.client.post(`/v1.0${at}`, body))
    this.made.push([type, answer])
    if (!this.#ids.has(at)) this.#ids.set(at, answer.id)
    return answer.id
  }

  async #addGroupsAndUnit(people: readonly string[]): Promise<void> {
    const { client, world } = this
    const [anna = '', administrator = ''] = people
    const members = people.map((id) => ({ id }))
    const inner = await world.group('Night shift', { members })
    const group = await world.group('Shop floor', { members: [...members, inner], owners: members })
    const outer = await world.group('Everybody', { members: [group] })
    const mighty = await world.group('Service desk', { members, isAssignableToRole: true })
    await world.giveRole(mighty.id, 'Helpdesk Administrator', { kind: 'tenant' }, 'group')
    const unit = await world.unit('Store 12', { members: [...members, group] })
    for (const id of people) await world.giveRole(id, 'User Administrator', { kind: 'unit', unitId: unit.id })
    for (const [of, manager] of [people, [administrator, anna]]) {
      const answer = await client.put(`/v1.0/users/${of}/manager/$ref`, { '@odata.id': `${world.publicUrl}/v1.0/users/${manager}` })
      succeeded(answer)
    }
    this.#ids.set('/groups', group.id)
    this.#ids.set('/directory/administrativeUnits', unit.id)
    await this.#make('group', '/groups', { displayName: 'Day shift', mailEnabled: false, mailNickname: 'day', securityEnabled: true })
    await this.#make('administrativeUnit', '/directory/administrativeUnits', { displayName: `Store of ${outer.displayName}` })
  }

  async #addLicences(people: readonly string[]): Promise<void> {
    const [sku] = skus
    assert.ok(sku)
    await this.world.system.inTransaction(({ licences }) => licences.addSku({ ...sku, enabledUnits: 9 }))
    for (const id of people) {
      succeeded(await this.client.patch(`/v1.0/users/${id}`, { usageLocation: 'NL' }))
      const changes = { addLicenses: [{ skuId: sku.id, disabledPlans: [] }], removeLicenses: [] }
      this.made.push(['user', succeeded(await this.client.post(`/v1.0/users/${id}/assignLicense`, changes))])
    }
  }

  async #addNumbers(people: readonly string[]): Promise<void> {
    const { world } = this
    await world.allow('sms')
    for (const [index, id] of people.entries()) {
      const at = `/users/${id}/authentication/phoneMethods`
      await this.#make('phoneAuthenticationMethod', at, { phoneNumber: `+31 61234560${index}`, phoneType: 'mobile' })
      await this.#make('phoneAuthenticationMethod', at, { phoneNumber: `+31 20123450${index}x12`, phoneType: 'office' })
    }
    await signInByNumber(world, await registerApp(world), '+31612345600')
  }

  async #addAddresses(id: string): Promise<void> {
    const { system, now } = this.world
    const own = { userId: this.client.id, address: canonicalAddress('admin@contoso.example'), provenAt: now }
    await system.inTransaction(({ emailMethods }) => emailMethods.add(own, now))
    await this.#make('emailAuthenticationMethod', `/users/${id}/authentication/emailMethods`, { emailAddress: 'anna@contoso.example' })
  }

  async #addPasses(id: string): Promise<void> {
    const { world, client } = this
    await world.allow('temporary-access-pass')
    const made = await this.#make('temporaryAccessPassAuthenticationMethod', `/users/${id}/authentication/temporaryAccessPassMethods`, {})
    const hour = { startsAt: world.now, expiresAt: new Date(world.now.getTime() + 3_600_000), isOnce: false }
    const own = await world.system.inTransaction(({ passes }) =>
      passes.replace(client.id, 'made by another', { ...hour, length: 8 }, world.now),
    )
    this.#ids.set('/temporaryAccessPassMethods', made)
    this.#ids.set('/me/temporaryAccessPassMethods', own?.id ?? assert.fail('no pass'))
  }

  async #addApps(): Promise<void> {
    const { client } = this
    const app = await this.#make('application', '/applications', stockCounter)
    const { appId } = succeeded(await client.get(`/v1.0/applications/${app}`))
    const secret = { passwordCredential: { displayName: 'Server' } }
    await this.#make('passwordCredential', `/applications/${app}/addPassword`, secret)
    await this.#make('servicePrincipal', '/servicePrincipals', { appId })
  }
}

export async function fillOrganization(world: World): Promise<SampleOrganization> {
  const { id } = await world.as('Global Administrator')
  // Only somebody else may give them a password, which ends what they were signed in with.
  const other = await world.as('Global Administrator')
  const passwordProfile = { password: 'correct horse battery', forceChangePasswordNextSignIn: false }
  succeeded(await other.patch(`/v1.0/users/${id}`, { passwordProfile }))
  const organization = new SampleOrganization(world, await world.signedIn(id))
  await organization.fill()
  return organization
}

function succeeded({ status, body, text }: TestAnswer): TestAnswer['body'] {
  assert.ok(status < 300, text)
  return body
}
