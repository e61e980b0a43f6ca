import { type RawBuilder, sql } from 'kysely'
import { hourOf, type Span, type TallyRow, type TallyStart } from './tally-span.ts'

const isRegistration = sql`activity in ('User registered security info', 'Admin registered security info')`

/** What people have to prove themselves with, counted as it is added: the audit log is the only place that says when. */
export function registrationsIn({ tenantId, from, until }: Span): RawBuilder<TallyRow> {
  return sql`
    select ${hourOf('happened_at')} as hour, ${registered} as name, ${registrar} as outcome, count(*) as count
    from audit_events
    where tenant_id = ${tenantId} and ${isRegistration}
      and happened_at >= ${from} and happened_at < ${until}
    group by 1, 2, 3`
}

export const registrationStarts: TallyStart = { table: 'audit_events', at: 'happened_at', only: isRegistration }

const registered = sql`case
  when details like '%"PhoneType":"mobile"%' then 'mobilePhone'
  when details like '%"PhoneType":"alternateMobile"%' then 'alternateMobilePhone'
  when details like '%"PhoneType":"office"%' then 'officePhone'
  when targets like '%"name":"EmailAddress"%' then 'email'
  when targets like '%"name":"Password"%' then 'password'
  else 'other' end`

const registrar = sql`case when activity like 'User%' then 'user' else 'admin' end`
