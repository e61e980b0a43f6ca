import { Plus } from 'lucide-react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { Card } from '../../../../kit/card.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { later } from '../../../../kit/later.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { Rows } from '../../../../kit/rows.tsx'
import { Skeleton } from '../../../../kit/skeleton.tsx'
import { message } from '../../../../kit/words/message.ts'
import { dateText } from '../../../../kit/words/moments.ts'
import { type Person, PersonPage } from '../person-page.tsx'
import { stepText } from './kinds.ts'
import { MethodRow } from './method-row.tsx'
import { PassRow } from './pass-row.tsx'
import { CauseBanner } from './remedies.tsx'
import { openStep, useStep } from './step.ts'
import './methods.css'

const Dialogs = later(() => import('./dialogs.tsx'))

export default function AuthenticationMethodsPage() {
  return <PersonPage>{(person) => <Methods person={person} />}</PersonPage>
}

function Methods({ person }: { person: Person }) {
  const methods = useResource<PersonMethodsBody>(`/sesam/v1/users/${person.id}/authenticationMethods`)
  const step = useStep()
  return (
    <ResourceView of={methods} waiting={<Skeleton shape="card" lines={4} />}>
      {(data) => (
        <>
          <Toolbar methods={data} />
          {data.reregistration.requiredSinceDateTime !== null && <Reregistration since={data.reregistration.requiredSinceDateTime} />}
          <List methods={data} />
          <PassRow personId={data.id} />
          <DefaultMethod methods={data} />
          {step && <Dialogs step={step} methods={data} />}
        </>
      )}
    </ResourceView>
  )
}

/** In the order of Entra's own page. */
function Toolbar({ methods }: { methods: PersonMethodsBody }) {
  const isAsked = methods.reregistration.requiredSinceDateTime !== null
  return (
    <div className="person-acts">
      <Button icon={<Plus className="icon" aria-hidden="true" />} onPress={() => openStep('add')}>
        {message('web.admin.users.person.methods.add.open')}
      </Button>
      <Button kind="quiet" onPress={() => openStep('reset-password')}>
        {message('web.admin.users.person.methods.reset-password.open')}
      </Button>
      {!isAsked && (
        <Button kind="quiet" onPress={() => openStep('require-reregistration')}>
          {message('web.admin.users.person.methods.reregistration.open')}
        </Button>
      )}
      <Button kind="quiet" onPress={() => openStep('end-sessions')}>
        {message('web.admin.users.person.methods.end-sessions.open')}
      </Button>
      <Button kind="quiet" onPress={() => openStep('end-waits')}>
        {message('web.admin.users.person.methods.end-waits.open')}
      </Button>
    </div>
  )
}

function Reregistration({ since }: { since: string }) {
  return (
    <Banner
      title={message('web.admin.users.person.methods.reregistration.asked')}
      actions={
        <Button kind="quiet" onPress={() => openStep('cancel-reregistration')}>
          {message('web.admin.users.person.methods.reregistration.cancel')}
        </Button>
      }
    >
      <p>{message('web.admin.users.person.methods.reregistration.asked-told', { date: dateText(since) })}</p>
    </Banner>
  )
}

function List({ methods: { id, methods, newNumber } }: { methods: PersonMethodsBody }) {
  const hasMobile = methods.some(({ kind }) => kind === 'phone')
  return (
    <section className="stack" aria-labelledby="methods">
      <h2 id="methods">{message('web.admin.users.person.methods.list')}</h2>
      {/* Before anybody types a number that would not sign its person in. */}
      {!hasMobile && newNumber.cause && <CauseBanner cause={newNumber.cause} personId={id} />}
      {methods.length === 0 ? (
        <EmptyState title={message('web.admin.users.person.methods.none')}>
          {message('web.admin.users.person.methods.none-told')}
        </EmptyState>
      ) : (
        <Rows label={message('web.admin.users.person.methods.list')}>
          {methods.map((method) => (
            <MethodRow key={method.id} method={method} personId={id} />
          ))}
        </Rows>
      )}
    </section>
  )
}

function DefaultMethod({ methods: { defaultMethod, defaultChoices } }: { methods: PersonMethodsBody }) {
  if (defaultChoices.length === 0) return null
  return (
    <div className="person-default">
      <Card
        title={message('web.admin.users.person.methods.default-method.title')}
        note={message('web.admin.users.person.methods.default-method.told')}
        actions={
          defaultChoices.length > 1 && (
            <Button kind="quiet" onPress={() => openStep('default')}>
              {message('web.admin.users.person.methods.default-method.change')}
            </Button>
          )
        }
      >
        <p>{defaultMethod.effective ? stepText(defaultMethod.effective) : message('web.admin.users.person.methods.default-method.none')}</p>
      </Card>
    </div>
  )
}
