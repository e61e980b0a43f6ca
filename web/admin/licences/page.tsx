import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Link } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Table } from '../../kit/table.tsx'
import { message } from '../../kit/words/message.ts'
import { countText } from '../../kit/words/numbers.ts'
import { nameOfProduct, seatsLeft } from './products.ts'

/** The products the organisation has bought, and how many seats of each are taken. */
export default function LicencesPage() {
  const products = useResource<ListBody<SubscribedSkuBody>>('/v1.0/subscribedSkus')
  return (
    <Page title={message('web.admin.licences.label')} lead={message('web.admin.licences.lead')}>
      <ResourceView of={products}>
        {({ value }) =>
          value.length === 0 ? (
            <EmptyState title={message('web.admin.licences.none')}>{message('web.admin.licences.none-told')}</EmptyState>
          ) : (
            <Table<SubscribedSkuBody>
              label={message('web.admin.licences.label')}
              columns={[
                {
                  name: message('web.admin.licences.product'),
                  cell: (sku) => <Link to={`/admin/licences/${sku.skuId}`}>{nameOfProduct(sku)}</Link>,
                },
                { name: message('web.admin.licences.bought'), cell: ({ prepaidUnits }) => countText(prepaidUnits.enabled) },
                { name: message('web.admin.licences.used'), cell: ({ consumedUnits }) => countText(consumedUnits) },
                { name: message('web.admin.licences.left'), cell: (sku) => <Left sku={sku} /> },
              ]}
              items={value}
              keyOf={({ skuId }) => skuId}
            />
          )
        }
      </ResourceView>
    </Page>
  )
}

function Left({ sku }: { sku: SubscribedSkuBody }) {
  const left = seatsLeft(sku)
  if (left > 0) return countText(left)
  return (
    <Badge tone="bad">
      {left === 0 ? message('web.admin.licences.full') : message('web.admin.licences.short', { count: countText(-left) })}
    </Badge>
  )
}
