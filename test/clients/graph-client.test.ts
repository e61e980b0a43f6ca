import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BatchRequestContent, BatchResponseContent, Client, GraphError, PageIterator } from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'
import { type Credential, type Hands, type NumberOf, signIns, spendDay, startDay } from './graph-day.ts'
import type { Listening } from './listening.ts'

const smsPolicy = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
const smsPolicyType = '#microsoft.graph.smsAuthenticationMethodConfiguration'
const mobileId = '3179e48a-750b-4051-897c-87b9720928f7'

/** As Microsoft's library is told to send its tokens to a host that is not Microsoft's. */
function connect(here: Listening, credential: Credential): Client {
  const authProvider = new TokenCredentialAuthenticationProvider(credential, { scopes: [`${here.url}/.default`] })
  return Client.initWithMiddleware({ authProvider, baseUrl: `${here.url}/`, customHosts: new Set([new URL(here.url).hostname]) })
}

interface PhoneMethod {
  id: string
  phoneNumber: string
  phoneType: string
  smsSignInState: string
}

const toNumber = ({ id, phoneNumber, phoneType, smsSignInState }: PhoneMethod): NumberOf => ({
  id,
  number: phoneNumber,
  type: phoneType,
  state: smsSignInState,
})

const phonesOf = (person: string) => `/users/${person}/authentication/phoneMethods`

function handsWith(client: Client): Hands {
  return {
    turnSmsOff: () => client.api(smsPolicy).patch({ '@odata.type': smsPolicyType, state: 'disabled' }),
    letSignInBySms: (id) =>
      client
        .api(smsPolicy)
        .patch({ '@odata.type': smsPolicyType, state: 'enabled', includeTargets: [{ targetType: 'group', id, isUsableForSignIn: true }] }),
    async smsPolicy() {
      const { state, includeTargets } = await client.api(smsPolicy).get()
      return {
        state,
        targets: includeTargets.map(({ id, isUsableForSignIn }: { id: string; isUsableForSignIn: boolean }) => ({ id, isUsableForSignIn })),
      }
    },
    add: async (person, phoneNumber, phoneType) => toNumber(await client.api(phonesOf(person)).post({ phoneNumber, phoneType })),
    numbers: async (person) => (await client.api(phonesOf(person)).get()).value.map(toNumber),
    async numbersOfAll(people) {
      const steps = people.map((person, index) => ({
        id: String(index),
        request: new Request(`https://graph.microsoft.com${phonesOf(person)}`),
      }))
      const answers = new BatchResponseContent(await client.api('/$batch').post(await new BatchRequestContent(steps).getContent()))
      return Promise.all(steps.map(async ({ id }) => JSON.parse(await answers.getResponseById(id).text()).value.map(toNumber)))
    },
    enable: (person) => client.api(`${phonesOf(person)}/${mobileId}/enableSmsSignIn`).post(undefined),
    disable: (person) => client.api(`${phonesOf(person)}/${mobileId}/disableSmsSignIn`).post(undefined),
    delete: (person, methodId) => client.api(`${phonesOf(person)}/${methodId}`).delete(),
    failure(error) {
      assert.ok(error instanceof GraphError, String(error))
      return { status: error.statusCode, code: error.code ?? '' }
    },
  }
}

describe('microsoft-graph-client', () => {
  for (const { who, signIn, shown } of signIns) {
    test(`${who} lets a group sign in by text message, and meets everything that can go wrong`, async () => {
      await using here = await startDay()
      await spendDay(here, handsWith(connect(here, await signIn(here))), shown)
    })
  }

  test('a script goes through a long list page by page', async () => {
    await using here = await startDay()
    for (const number of Array.from({ length: 7 }, (_, index) => index)) await here.world.person(`person${number}`)
    const administrator = await here.world.as('Global Reader')
    const token = administrator.token ?? assert.fail('no token')
    const client = connect(here, { getToken: async () => ({ token, expiresOnTimestamp: 0 }) })
    const first = await client.api('/users').filter("startsWith(displayName,'person')").select(['displayName']).top(3).get()
    const names: string[] = []
    const pages = new PageIterator(client, first, ({ displayName }) => {
      names.push(displayName)
      return true
    })
    await pages.iterate()
    assert.deepEqual(names, ['person0', 'person1', 'person2', 'person3', 'person4', 'person5', 'person6'])
  })
})
