import type { Charge, Limits } from './budget.ts'
import type { Notice } from './notice.ts'

/** What one message about a change costs: it is paid like any other of its kind, beside what one receiver is told at all. */
export function chargesForNotice(limits: Limits, tenantId: string, { method, receiver }: Pick<Notice, 'method' | 'receiver'>): Charge[] {
  const { texts, mails, notices } = limits
  const charge = (scope: string, value: string, limit: Charge['limit']): Charge => ({ scope, value, limit, payer: 'shared' })
  const sending =
    method === 'sms'
      ? [
          charge('text tenant', tenantId, texts.tenant),
          charge('text tenant day', tenantId, texts.tenantDay),
          charge('text installation day', '', texts.installationDay),
        ]
      : [charge('mail tenant', tenantId, mails.tenant), charge('mail installation day', '', mails.installationDay)]
  return [
    charge(noticeScopes.hour, `${tenantId} ${receiver}`, notices.receiverHour),
    charge(noticeScopes.day, `${tenantId} ${receiver}`, notices.receiverDay),
    ...sending,
  ]
}

const noticeScopes = { hour: 'notice hour', day: 'notice day' } as const

/** Whoever was told often enough is told no more; all else that is used up is used up only for a while. */
export function isToldEnough({ charge }: { charge: Pick<Charge, 'scope'> }): boolean {
  return charge.scope === noticeScopes.hour || charge.scope === noticeScopes.day
}
