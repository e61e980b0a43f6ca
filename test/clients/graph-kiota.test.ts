import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { AllowedHostsValidator, BaseBearerTokenAuthenticationProvider, HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions'
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk'
import {
  AuthenticationMethodStateObject,
  AuthenticationMethodTargetTypeObject,
  AuthenticationPhoneTypeObject,
  createAuthenticationMethodConfigurationFromDiscriminatorValue,
  type PhoneAuthenticationMethod,
  type SmsAuthenticationMethodConfiguration,
  serializeSmsAuthenticationMethodConfiguration,
} from '@microsoft/msgraph-sdk/models/index.js'
import { createODataErrorFromDiscriminatorValue, type ODataError } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js'
import { BatchRequestContent } from '@microsoft/msgraph-sdk-core'
import '@microsoft/msgraph-sdk-users'
import { type Credential, type Hands, type NumberOf, signIns, spendDay, startDay } from './graph-day.ts'
import type { Listening } from './listening.ts'

const mobileId = '3179e48a-750b-4051-897c-87b9720928f7'
const { Mobile: mobile, AlternateMobile: alternateMobile, Office: office } = AuthenticationPhoneTypeObject
const phoneTypes = { mobile, alternateMobile, office }
const errors = { XXX: createODataErrorFromDiscriminatorValue }

function connect(here: Listening, credential: Credential): GraphRequestAdapter {
  const hosts = new AllowedHostsValidator(new Set([new URL(here.url).hostname]))
  const adapter = new GraphRequestAdapter(
    new BaseBearerTokenAuthenticationProvider({
      getAuthorizationToken: async () => (await credential.getToken()).token,
      getAllowedHostsValidator: () => hosts,
    }),
  )
  adapter.baseUrl = `${here.url}/v1.0`
  return adapter
}

function toNumber({ id, phoneNumber, phoneType, smsSignInState }: PhoneAuthenticationMethod): NumberOf {
  assert.ok(id && phoneNumber && phoneType && smsSignInState)
  return { id, number: phoneNumber, type: phoneType, state: smsSignInState }
}

/** The library's package for policies has no preview here, so its models travel by the request that every package is made of. */
function smsPolicyWith(adapter: GraphRequestAdapter) {
  const path = '{+baseurl}/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
  const request = (method: HttpMethod) => {
    const made = new RequestInformation(method, path, { baseurl: adapter.baseUrl })
    made.headers.add('Accept', 'application/json')
    return made
  }
  return {
    async patch(policy: SmsAuthenticationMethodConfiguration): Promise<void> {
      const made = request(HttpMethod.PATCH)
      const whole = { ...policy, odataType: '#microsoft.graph.smsAuthenticationMethodConfiguration' }
      made.setContentFromParsable(adapter, 'application/json', whole, serializeSmsAuthenticationMethodConfiguration)
      await adapter.sendNoResponseContent(made, errors)
    },
    async get(): Promise<SmsAuthenticationMethodConfiguration> {
      const policy = await adapter.send(request(HttpMethod.GET), createAuthenticationMethodConfigurationFromDiscriminatorValue, errors)
      return policy ?? assert.fail('no policy')
    },
  }
}

function handsWith(adapter: GraphRequestAdapter): Hands {
  const client = createGraphServiceClient(adapter)
  const sms = smsPolicyWith(adapter)
  const phonesOf = (person: string) => client.users.byUserId(person).authentication.phoneMethods
  const mobileOf = (person: string) => phonesOf(person).byPhoneAuthenticationMethodId(mobileId)
  return {
    turnSmsOff: () => sms.patch({ state: AuthenticationMethodStateObject.Disabled }),
    letSignInBySms: (id) =>
      sms.patch({
        state: AuthenticationMethodStateObject.Enabled,
        includeTargets: [{ targetType: AuthenticationMethodTargetTypeObject.Group, id, isUsableForSignIn: true }],
      }),
    async smsPolicy() {
      const { state, includeTargets } = await sms.get()
      return {
        state: state ?? '',
        targets: (includeTargets ?? []).map(({ id, isUsableForSignIn }) => ({
          id: id ?? '',
          isUsableForSignIn: isUsableForSignIn === true,
        })),
      }
    },
    async add(person, phoneNumber, type) {
      return toNumber((await phonesOf(person).post({ phoneNumber, phoneType: phoneTypes[type] })) ?? assert.fail('no number'))
    },
    numbers: async (person) => ((await phonesOf(person).get())?.value ?? []).map(toNumber),
    async numbersOfAll(people) {
      const batch = new BatchRequestContent(adapter, errors)
      const steps = people.map((person) => batch.addBatchRequest(phonesOf(person).toGetRequestInformation()))
      const codes = await (await batch.postAsync())?.getResponsesStatusCodes()
      // This preview reads the body of each answer as bytes, which JSON in a batch never is; so it only learns that all went well.
      assert.deepEqual(
        steps.map(({ id }) => codes?.get(id)),
        people.map(() => 200),
      )
      return Promise.all(people.map(this.numbers))
    },
    enable: (person) => mobileOf(person).enableSmsSignIn.post(),
    disable: (person) => mobileOf(person).disableSmsSignIn.post(),
    delete: (person, methodId) => phonesOf(person).byPhoneAuthenticationMethodId(methodId).delete(),
    failure(error) {
      assert.ok(isODataError(error), inspect(error))
      return { status: error.responseStatusCode ?? 0, code: error.errorEscaped?.code ?? '' }
    },
  }
}

/** What it throws stands behind a proxy that owns no property, but answers when asked for one. */
function isODataError(error: unknown): error is ODataError {
  return typeof error === 'object' && error !== null && typeof Reflect.get(error, 'responseStatusCode') === 'number'
}

describe('msgraph-sdk, made by Kiota', () => {
  for (const { who, signIn, shown } of signIns) {
    test(`${who} lets a group sign in by text message, and meets everything that can go wrong`, async () => {
      await using here = await startDay()
      await spendDay(here, handsWith(connect(here, await signIn(here))), shown)
    })
  }
})
