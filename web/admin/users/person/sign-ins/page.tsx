import type { SignInBody } from '#contract/graph/sign-ins.ts'
import { listPath, quoted } from '../../../../kit/api/list-path.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { DataTable } from '../../../../kit/data-table.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { When } from '../../../../kit/when.tsx'
import { message } from '../../../../kit/words/message.ts'
import { type Person, PersonPage } from '../person-page.tsx'

type SignIn = Pick<
  SignInBody,
  'id' | 'createdDateTime' | 'appDisplayName' | 'ipAddress' | 'deviceDetail' | 'authenticationMethodsUsed' | 'status'
>

const select = [
  'id',
  'createdDateTime',
  'appDisplayName',
  'ipAddress',
  'deviceDetail',
  'authenticationMethodsUsed',
  'status',
] as const satisfies readonly (keyof SignIn)[]

export default function SignInsPage() {
  return <PersonPage>{(person) => <SignIns person={person} />}</PersonPage>
}

/** The sign-in log of one person, newest first; a row opens every step of the attempt. */
function SignIns({ person }: { person: Person }) {
  return (
    <DataTable<SignIn>
      label={message('web.admin.users.person.sections.sign-ins')}
      path={listPath('/v1.0/auditLogs/signIns', { select, filter: `userId eq ${quoted(person.id)}`, top: 50 })}
      columns={[
        {
          name: message('web.admin.users.person.sign-ins.when'),
          cell: ({ createdDateTime }) => <When instant={createdDateTime} isFirst />,
        },
        { name: message('web.admin.users.person.sign-ins.app'), cell: ({ appDisplayName }) => appDisplayName },
        { name: message('web.admin.users.person.sign-ins.result'), cell: ({ status }) => <Result status={status} /> },
        {
          name: message('web.admin.users.person.sign-ins.method'),
          cell: ({ authenticationMethodsUsed }) => authenticationMethodsUsed.join(', '),
        },
        {
          name: message('web.admin.users.person.sign-ins.device'),
          cell: ({ deviceDetail }) => [deviceDetail.browser, deviceDetail.operatingSystem].filter(Boolean).join(', '),
        },
        { name: message('web.admin.users.person.sign-ins.address'), cell: ({ ipAddress }) => <span className="ltr">{ipAddress}</span> },
      ]}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/admin/sign-ins/${id}`}
      empty={
        <EmptyState title={message('web.admin.users.person.sign-ins.none')}>
          {message('web.admin.users.person.sign-ins.none-told')}
        </EmptyState>
      }
    />
  )
}

function Result({ status: { errorCode, failureReason } }: Pick<SignIn, 'status'>) {
  if (errorCode === 0) return <Badge tone="good">{message('web.admin.users.person.sign-ins.succeeded')}</Badge>
  return <span>{failureReason ?? String(errorCode)}</span>
}
