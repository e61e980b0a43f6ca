import type { LicenceDetailsBody, SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Button } from '../../../../kit/button.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { later } from '../../../../kit/later.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { useDialogAddress } from '../../../../kit/routing/address.ts'
import { Row, Rows } from '../../../../kit/rows.tsx'
import { message } from '../../../../kit/words/message.ts'
import { type Person, PersonPage, usePersonActs } from '../person-page.tsx'

const LicenceDialog = later(() => import('./licence-dialog.tsx'))

export default function LicencesPage() {
  return <PersonPage>{(person) => <Licences person={person} />}</PersonPage>
}

/** Every product the organisation has: those somebody holds first, and how many of the others are left. */
function Licences({ person }: { person: Person }) {
  const held = useResource<ListBody<LicenceDetailsBody>>(`/v1.0/users/${person.id}/licenseDetails`)
  const all = useResource<ListBody<SubscribedSkuBody>>('/v1.0/subscribedSkus')
  const { data: acts } = usePersonActs(person.id)
  const [sku, choose, stop] = useDialogAddress('licence')
  const heldIds = new Set(held.data?.value.map(({ skuId }) => skuId))
  return (
    <ResourceView of={all}>
      {({ value: skus }) =>
        skus.length === 0 ? (
          <EmptyState title={message('web.admin.users.person.licences.none')}>
            {message('web.admin.users.person.licences.none-told')}
          </EmptyState>
        ) : (
          <>
            <Rows label={message('web.admin.users.person.sections.licences')}>
              {skus
                .toSorted((one, other) => Number(heldIds.has(other.skuId)) - Number(heldIds.has(one.skuId)))
                .map((one) => (
                  <SkuRow key={one.skuId} sku={one} isHeld={heldIds.has(one.skuId)} onChange={() => choose(one.skuId)} />
                ))}
            </Rows>
            {acts && sku !== undefined && (
              <LicenceDialog
                person={person}
                permit={acts.assignLicences}
                sku={skus.find(({ skuId }) => skuId === sku)}
                isHeld={heldIds.has(sku)}
                onClose={stop}
              />
            )}
          </>
        )
      }
    </ResourceView>
  )
}

function SkuRow({ sku, isHeld, onChange }: { sku: SubscribedSkuBody; isHeld: boolean; onChange: () => void }) {
  const left = sku.prepaidUnits.enabled - sku.consumedUnits
  const key = isHeld ? 'web.admin.users.person.licences.take' : 'web.admin.users.person.licences.give'
  return (
    <Row
      title={<span>{sku.skuPartNumber}</span>}
      actions={
        <Button kind={isHeld ? 'plain' : 'quiet'} aria-label={`${message(key)}: ${sku.skuPartNumber}`} onPress={onChange}>
          {message(key)}
        </Button>
      }
    >
      <p>
        {isHeld
          ? message('web.admin.users.person.licences.held')
          : message('web.admin.users.person.licences.left', { left: String(left), of: String(sku.prepaidUnits.enabled) })}
      </p>
    </Row>
  )
}
