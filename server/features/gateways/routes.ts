import {
  type Channel,
  type GatewayTestBody,
  gatewayAsked,
  gatewayTest,
  type HttpGatewayBody,
  type HttpGatewayChanges,
  httpGateway,
  httpGatewayChanges,
  type MailGatewayBody,
  type MailGatewayChanges,
  mailGateway,
  mailGatewayChanges,
} from '#contract/graph/gateways.ts'
import type { Locale } from '#contract/locale.ts'
import type { HttpSettings, Kept, MailSettings } from '#server/domain/own-gateway.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { changeHttpGateway, changeMailGateway, removeGateway } from './change-gateway.ts'
import { type Advice, adviceFor } from './rules.ts'
import { type Tried, tryHttpGateway, tryMailGateway } from './try-gateway.ts'

const what: Readonly<Record<Channel, string>> = { sms: 'texts leave', voice: 'calls leave', mail: 'mails leave' }

export const gatewayRoutes: readonly Route[] = [...httpRoutes('sms'), ...httpRoutes('voice'), ...mailRoutes()]

function httpRoutes(channel: 'sms' | 'voice'): Route[] {
  const path = `/gateways/${channel}`
  return [
    route({
      method: 'GET',
      path,
      permission: 'gateways.read',
      summary: `Read by which provider the organisation’s ${what[channel]}; never a secret`,
      queryable: gatewayAsked,
      answers: { status: 200, schema: httpGateway },
      handle: async (call) => one(call, 'gateways', await presentHttp(call, channel)),
    }),
    route<HttpGatewayChanges>({
      method: 'PATCH',
      path,
      permission: 'gateways.change',
      summary: `Let the organisation’s ${what[channel]} by a provider of its own`,
      body: httpGatewayChanges,
      answers: { status: 204 },
      handle: async ({ system, caller, body }) => {
        await changeHttpGateway(system, caller, channel, body)
        return noContent
      },
    }),
    removing(channel, path),
    route<HttpGatewayChanges>({
      method: 'POST',
      path: `${path}/test`,
      permission: 'gateways.change',
      summary:
        channel === 'sms'
          ? 'Send a test text to one’s own number: by what is in force, or by settings that are not saved'
          : 'Have one’s own number called as a test: by what is in force, or by settings that are not saved',
      body: httpGatewayChanges,
      answers: { status: 200, schema: gatewayTest },
      handle: async (call) => {
        const tried = await tryHttpGateway(call.system, call.caller, channel, typedIn(call.body), call.locale)
        return one(call, 'gatewayTests', presentTest(channel, tried, call))
      },
    }),
  ]
}

function mailRoutes(): Route[] {
  const path = '/gateways/mail'
  return [
    route({
      method: 'GET',
      path,
      permission: 'gateways.read',
      summary: `Read by which server the organisation’s ${what.mail}; never a secret`,
      queryable: gatewayAsked,
      answers: { status: 200, schema: mailGateway },
      handle: async (call) => one(call, 'gateways', await presentMail(call)),
    }),
    route<MailGatewayChanges>({
      method: 'PATCH',
      path,
      permission: 'gateways.change',
      summary: `Let the organisation’s ${what.mail} by a server of its own`,
      body: mailGatewayChanges,
      answers: { status: 204 },
      handle: async ({ system, caller, body }) => {
        await changeMailGateway(system, caller, body)
        return noContent
      },
    }),
    removing('mail', path),
    route<MailGatewayChanges>({
      method: 'POST',
      path: `${path}/test`,
      permission: 'gateways.change',
      summary: 'Send a test mail to one’s own address: by what is in force, or by settings that are not saved',
      body: mailGatewayChanges,
      answers: { status: 200, schema: gatewayTest },
      handle: async (call) => {
        const tried = await tryMailGateway(call.system, call.caller, typedIn(call.body), call.locale)
        return one(call, 'gatewayTests', presentTest('mail', tried, call))
      },
    }),
  ]
}

function removing(channel: Channel, path: string): Route {
  return route({
    method: 'DELETE',
    path,
    permission: 'gateways.change',
    summary: `Let the organisation’s ${what[channel]} by the installation’s gateways again; its own settings and secrets are forgotten`,
    answers: { status: 204 },
    handle: async ({ system, caller }) => {
      await removeGateway(system, caller, channel)
      return noContent
    },
  })
}

/** Nothing typed means what is in force. */
function typedIn<Changes extends object>(body: Changes): Changes | undefined {
  return Object.keys(body).length > 0 ? body : undefined
}

async function presentHttp(call: Call, channel: 'sms' | 'voice'): Promise<HttpGatewayBody> {
  const own = await call.system.ownGateways.find(channel)
  return { ...(await whence(call, channel, own?.changedAt)), settings: own ? presentHttpSettings(own.settings) : null }
}

function presentHttpSettings({ credential, signingSecret, headers, ...settings }: HttpSettings): HttpGatewayBody['settings'] {
  return {
    ...settings,
    headers: { ...headers },
    credentialSetDateTime: setAt(credential),
    signingSecretSetDateTime: setAt(signingSecret),
  }
}

async function presentMail(call: Call): Promise<MailGatewayBody> {
  const own = await call.system.ownGateways.find('mail')
  return { ...(await whence(call, 'mail', own?.changedAt)), settings: own ? presentMailSettings(own.settings) : null }
}

function presentMailSettings({ credential, ...settings }: MailSettings): MailGatewayBody['settings'] {
  return { ...settings, credentialSetDateTime: setAt(credential) }
}

async function whence({ system, locale }: Call, channel: Channel, changedAt: Date | undefined): Promise<Omit<MailGatewayBody, 'settings'>> {
  const { workedFirstAt, workedAt, failedAt, failure } = await system.gatewayHealth.of(channel)
  return {
    id: channel,
    source: system.gateways.sourceOf(channel),
    changedDateTime: changedAt?.toISOString() ?? null,
    workedFirstDateTime: workedFirstAt?.toISOString() ?? null,
    workedDateTime: workedAt?.toISOString() ?? null,
    failedDateTime: failedAt?.toISOString() ?? null,
    failure: failure ?? null,
    advice: failure === undefined ? null : adviceWords(locale, channel, failure),
  }
}

function presentTest(
  channel: Channel,
  { result, receiver }: Tried,
  { system, body, locale }: Call<HttpGatewayChanges | MailGatewayChanges>,
): GatewayTestBody & { id: string } {
  const isInbox = typedIn(body) === undefined && system.gateways.sourceOf(channel) === 'inbox'
  const sent = isInbox ? 'features.gateways.sent.inbox' : sentWords[channel]
  const reason = result.kind === 'sent' ? null : result.reason
  return {
    id: channel,
    outcome: result.kind,
    receiver,
    reason,
    message: message(locale, reason === null ? sent : 'features.gateways.not-taken', { receiver, reason: reason ?? '' }),
    advice: reason === null ? null : adviceWords(locale, channel, reason),
  }
}

const sentWords: Readonly<Record<Channel, MessageKey>> = {
  sms: 'features.gateways.sent.sms',
  voice: 'features.gateways.sent.voice',
  mail: 'features.gateways.sent.mail',
}

const advices: Readonly<Record<Advice, MessageKey>> = {
  credential: 'features.gateways.advice.credential',
  request: 'features.gateways.advice.request',
  address: 'features.gateways.advice.address',
  credit: 'features.gateways.advice.credit',
  busy: 'features.gateways.advice.busy',
  trouble: 'features.gateways.advice.trouble',
  silent: 'features.gateways.advice.silent',
  name: 'features.gateways.advice.name',
  closed: 'features.gateways.advice.closed',
  tls: 'features.gateways.advice.tls',
  inside: 'features.gateways.advice.inside',
  redirect: 'features.gateways.advice.redirect',
  receiver: 'features.gateways.advice.receiver',
  other: 'features.gateways.advice.other',
}

function adviceWords(locale: Locale, channel: Channel, reason: string): string {
  return message(locale, advices[adviceFor(channel, reason)], { reason })
}

function setAt(kept: Kept | undefined): string | null {
  return kept ? new Date(kept.setAt).toISOString() : null
}
