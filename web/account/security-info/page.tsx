import { Plus } from 'lucide-react'
import { type RefObject, useRef } from 'react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Button } from '../../kit/button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Rows } from '../../kit/rows.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import { methods as ownMethods } from '../../methods/index.ts'
import { useSecurityInfo } from '../resources.ts'
import { goTo } from './address.ts'
import { DefaultMethod } from './default-method.tsx'
import { Dialogs } from './dialogs.ts'
import { GoodToKnow } from './good-to-know.tsx'
import { MethodRow } from './method-row.tsx'
import { OfferBanner } from './offer-banner.tsx'
import './security-info.css'

export default function SecurityInfoPage() {
  const info = useSecurityInfo()
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <Page title={message('web.account.security-info.label')} lead={message('web.account.security-info.lead')}>
      <ResourceView of={info} waiting={<Skeleton shape="card" lines={3} />}>
        {(data) => (
          <>
            {data.smsSignInOffer?.showsBanner && <OfferBanner offer={data.smsSignInOffer} />}
            {data.methods.length > 0 && <DefaultMethod info={data} />}
            <Methods info={data} heading={heading} />
            <GoodToKnow info={data} />
            <Dialogs info={data} reload={info.reload} onDeleted={() => heading.current?.focus()} />
          </>
        )}
      </ResourceView>
    </Page>
  )
}

interface MethodsProps {
  info: SecurityInfoBody
  heading: RefObject<HTMLHeadingElement | null>
}

const { Row: PassRow } = ownMethods['temporary-access-pass']

function Methods({ info: { methods, temporaryAccessPass: pass }, heading }: MethodsProps) {
  const add = (
    <Button icon={<Plus className="icon" aria-hidden="true" />} onPress={() => goTo({ name: 'choose' })}>
      {message('web.account.security-info.add-method')}
    </Button>
  )
  return (
    <section className="stack" aria-labelledby="methods">
      <div className="methods-head">
        <h2 id="methods" ref={heading} tabIndex={-1}>
          {message('web.account.security-info.methods')}
        </h2>
        {(methods.length > 0 || pass) && add}
      </div>
      {methods.length === 0 && !pass ? (
        <EmptyState title={message('web.account.security-info.none')} action={add}>
          {message('web.account.security-info.none-told')}
        </EmptyState>
      ) : (
        <Rows label={message('web.account.security-info.methods')}>
          {methods.map((method) => (
            <MethodRow key={method.id} method={method} />
          ))}
          {pass && <PassRow pass={pass} onDelete={() => goTo({ name: 'delete', id: pass.id })} />}
        </Rows>
      )}
    </section>
  )
}
