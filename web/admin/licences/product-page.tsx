import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { UserBody } from '#contract/graph/users.ts'
import { api } from '../../kit/api/api.ts'
import { all, beginsWith, listPath } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { NotFoundPage } from '../../kit/not-found-page.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { useParameter } from '../../kit/routing/parameters.ts'
import { Facts } from '../../kit/rows.tsx'
import { SearchField } from '../../kit/search-field.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { countText } from '../../kit/words/numbers.ts'
import { nameOfProduct, seatsLeft } from './products.ts'

type Holder = Pick<UserBody, 'id' | 'displayName' | 'userPrincipalName' | 'department'>

const AddObjectsDialog = later(() => import('../add-objects-dialog.tsx'))
const RemoveObjectsDialog = later(() => import('../remove-objects-dialog.tsx'))

/** One product: its seats, and who has one. */
export default function ProductPage() {
  const skuId = useParameter('id')
  const products = useResource<ListBody<SubscribedSkuBody>>('/v1.0/subscribedSkus')
  return (
    <ResourceView of={products}>
      {({ value }) => {
        const product = value.find((one) => one.skuId === skuId)
        return product ? <Product product={product} /> : <NotFoundPage />
      }}
    </ResourceView>
  )
}

function Product({ product }: { product: SubscribedSkuBody }) {
  const { skuPartNumber, servicePlans, prepaidUnits, consumedUnits } = product
  return (
    <Page title={nameOfProduct(product)}>
      <Crumbs above={[{ to: '/admin/licences', text: message('web.admin.licences.label') }]} />
      <Facts
        facts={[
          [message('web.admin.licences.bought'), countText(prepaidUnits.enabled)],
          [message('web.admin.licences.used'), countText(consumedUnits)],
          [message('web.admin.licences.left'), countText(seatsLeft(product))],
          [message('web.admin.licences.part'), <code key="part">{skuPartNumber}</code>],
          [message('web.admin.licences.plans'), servicePlans.map(({ servicePlanName }) => servicePlanName).join(', ')],
        ]}
      />
      <Holders product={product} />
    </Page>
  )
}

function Holders({ product }: { product: SubscribedSkuBody }) {
  const { skuId } = product
  const [search, setSearch] = useQueryValue('search')
  const [giving, openGive, closeGive] = useDialogAddress('give')
  const [taking, openTake, closeTake] = useDialogAddress('take')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const filter = all(`assignedLicenses/any(x:x/skuId eq ${skuId})`, beginsWith(search, 'displayName'))
  const done = () => {
    setChosen(new Set())
    closeTake()
  }
  return (
    <section className="stack" aria-label={message('web.admin.licences.holders')}>
      <h2>{message('web.admin.licences.holders')}</h2>
      <div className="toolbar">
        <SearchField label={message('web.admin.objects.search')} value={search} onChange={setSearch} />
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openGive('licence')}>
          {message('web.admin.licences.give')}
        </Button>
        {chosen.size > 0 && (
          <Button kind="danger" icon={<UserMinus className="icon" aria-hidden="true" />} onPress={() => openTake([...chosen].join())}>
            {countMessage('web.admin.objects.remove-chosen', chosen.size)}
          </Button>
        )}
      </div>
      <DataTable<Holder>
        label={message('web.admin.licences.holders')}
        path={listPath('/v1.0/users', { select: ['id', 'displayName', 'userPrincipalName', 'department'], filter, top: 50 })}
        columns={[
          { name: message('web.admin.objects.name'), cell: ({ displayName }) => displayName },
          { name: message('web.admin.objects.detail'), cell: ({ userPrincipalName }) => userPrincipalName },
          { name: message('web.admin.users.new.department'), cell: ({ department }) => department },
        ]}
        keyOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        linkOf={({ id }) => `/admin/users/${id}`}
        chosen={chosen}
        onChoose={setChosen}
        empty={<EmptyState title={message(search ? 'web.admin.objects.none-found' : 'web.admin.licences.nobody')} />}
      />
      {giving !== undefined && (
        <AddObjectsDialog
          title={message('web.admin.licences.give')}
          kinds={['user']}
          add={({ id }) => change(id, { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] })}
          onClose={closeGive}
        />
      )}
      {taking !== undefined && (
        <RemoveObjectsDialog
          ids={taking.split(',')}
          of={nameOfProduct(product)}
          remove={(id) => change(id, { addLicenses: [], removeLicenses: [skuId] })}
          onClose={done}
        />
      )}
    </section>
  )
}

function change(userId: string, body: { addLicenses: object[]; removeLicenses: string[] }): Promise<void> {
  return api.post(`/v1.0/users/${userId}/assignLicense`, body)
}
