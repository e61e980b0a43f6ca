import type { FastifyInstance } from 'fastify'
import { pressedKeys } from '#contract/inbox-calls.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { InboxMail } from '#server/gateways/mail/inbox.ts'
import type { InboxMessage } from '#server/gateways/sms/inbox.ts'
import type { CallInbox, InboxAct } from '#server/gateways/voice/inbox.ts'
import { sendPage } from '#server/http/page.ts'
import { readBody } from '#server/http/read-body.ts'
import { message, preferredLocale } from '#server/locale.ts'
import { inboxScript } from './views/inbox-script.ts'
import { inboxStyle } from './views/inbox-style.ts'
import { inboxView } from './views/inbox-view.ts'

/** What was sent one way, newest first. */
export interface InboxToShow {
  messages(): readonly (InboxMessage | InboxMail)[]
}

export type CallsToShow = Pick<CallInbox, 'calls' | 'act' | 'press'>

/** What can be done with a call besides pressing its keys, each at an address of its own. */
const acts: Readonly<Record<string, InboxAct>> = { answer: 'answer', decline: 'decline', busy: 'busy', 'hang-up': 'hangUp' }

/** The phone of an evaluation: every text and mail anybody was sent and every call they got, newest first. */
export function mountInbox(app: FastifyInstance, inboxes: readonly InboxToShow[], calls: CallsToShow | undefined): void {
  const messages = () =>
    inboxes.flatMap((inbox) => inbox.messages()).sort((one, other) => (one.createdDateTime < other.createdDateTime ? 1 : -1))
  app.get('/inbox/messages', async () => ({ value: messages() }))
  if (calls) mountCalls(app, calls)
  app.get('/inbox', async (request, reply) => {
    const locale = preferredLocale(request.headers['accept-language'])
    return sendPage(reply, {
      locale,
      title: `${message(locale, 'features.inbox.title')} · Sesam`,
      style: inboxStyle,
      body: inboxView(locale, [...messages(), ...((await calls?.calls()) ?? [])]),
      script: inboxScript,
      fetches: true,
    })
  })
}

function mountCalls(app: FastifyInstance, calls: CallsToShow): void {
  app.get('/inbox/calls', async () => ({ value: await calls.calls() }))
  for (const [name, act] of Object.entries(acts)) {
    app.post<{ Params: { id: string } }>(`/inbox/calls/:id/${name}`, async ({ params: { id } }) => {
      return (await calls.act(id, act)) ?? refuse('object_not_found', { id })
    })
  }
  app.post<{ Params: { id: string } }>('/inbox/calls/:id/keys', async ({ params: { id }, body }) => {
    const { keys } = readBody(pressedKeys, body)
    return (await calls.press(id, keys)) ?? refuse('object_not_found', { id })
  })
}
