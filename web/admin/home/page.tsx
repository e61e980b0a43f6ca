import { BadgeCheck, KeyRound, Shield, Users, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { ApiPath } from '../../kit/api/api.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Card, Cards } from '../../kit/card.tsx'
import { LinkButton } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Facts } from '../../kit/rows.tsx'
import { setting } from '../../kit/setting.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import { countText } from '../../kit/words/numbers.ts'
import { nameOfProduct, seatsLeft } from '../licences/products.ts'
import { Checklist } from './checklist.tsx'
import { OwnRoles } from './own-roles.tsx'

/** Where an administrator begins: how many there are, what is short, what comes next, and what they may do themselves. */
export default function HomePage() {
  return (
    <Page title={message('web.admin.home.label')} lead={message('web.admin.home.lead', { organisation: setting().organisation })}>
      <Checklist />
      <Cards>
        <Card
          title={message('web.admin.users.label')}
          icon={<Users className="icon" aria-hidden="true" />}
          actions={
            <>
              <LinkButton to="/admin/users">{message('web.admin.home.open')}</LinkButton>
              <LinkButton to="/admin/users?new=user">{message('web.admin.users.new.open')}</LinkButton>
            </>
          }
        >
          <Count path="/v1.0/users/$count" />
        </Card>
        <Card
          title={message('web.admin.groups.label')}
          icon={<UsersRound className="icon" aria-hidden="true" />}
          actions={
            <>
              <LinkButton to="/admin/groups">{message('web.admin.home.open')}</LinkButton>
              <LinkButton to="/admin/groups?new=group">{message('web.admin.groups.new.open')}</LinkButton>
            </>
          }
        >
          <Count path="/v1.0/groups/$count" />
        </Card>
        <Card
          title={message('web.admin.home.methods')}
          icon={<KeyRound className="icon" aria-hidden="true" />}
          actions={<LinkButton to="/admin/security/authentication-methods/policies">{message('web.admin.home.open')}</LinkButton>}
        >
          <p>{message('web.admin.home.methods-told')}</p>
        </Card>
        <Card
          title={message('web.admin.licences.label')}
          icon={<BadgeCheck className="icon" aria-hidden="true" />}
          actions={<LinkButton to="/admin/licences">{message('web.admin.home.open')}</LinkButton>}
        >
          <Seats />
        </Card>
        <Card
          title={message('web.admin.home.own-roles')}
          icon={<Shield className="icon" aria-hidden="true" />}
          actions={<LinkButton to="/admin/roles">{message('web.admin.home.all-roles')}</LinkButton>}
        >
          <OwnRoles />
        </Card>
      </Cards>
    </Page>
  )
}

function Count({ path }: { path: ApiPath }): ReactNode {
  const count = useResource<number>(path)
  return (
    <ResourceView of={count} waiting={<Skeleton lines={1} />}>
      {(data) => <p className="figure">{countText(data)}</p>}
    </ResourceView>
  )
}

function Seats() {
  const products = useResource<ListBody<SubscribedSkuBody>>('/v1.0/subscribedSkus')
  return (
    <ResourceView of={products} waiting={<Skeleton lines={2} />}>
      {({ value }) =>
        value.length === 0 ? (
          <p>{message('web.admin.licences.none')}</p>
        ) : (
          <Facts
            facts={value.map((sku) => [nameOfProduct(sku), message('web.admin.home.seats', { count: countText(seatsLeft(sku)) })] as const)}
          />
        )
      }
    </ResourceView>
  )
}
