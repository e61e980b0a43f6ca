import type { ReactNode } from 'react'
import { identifierTypes, signInMethods, signInOutcomes } from '#contract/sign-in-log.ts'
import { webApps } from '#contract/web-apps.ts'
import { listPath } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { ExactChip } from '../../kit/exact-chip.tsx'
import { FilterChip } from '../../kit/filter-chip.tsx'
import { useAddress, useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { message } from '../../kit/words/message.ts'
import { PeriodChip } from '../period-chip.tsx'
import type { Asked } from './question.ts'
import { methodNames, outcomeNames } from './words.ts'

const appsPath = listPath('/v1.0/applications', { select: ['appId', 'displayName'], top: 100 })
/** What the address asks of the log. */
export function useAsked(): Asked {
  const { searchParams } = useAddress()
  const value = (name: keyof Asked) => searchParams.get(name) ?? ''
  return {
    search: value('search'),
    outcome: value('outcome'),
    method: value('method'),
    app: value('app'),
    identifier: value('identifier'),
    person: value('person'),
    address: value('address'),
    code: value('code'),
  }
}

/** The chips; what is done with all that they find stands behind them. */
export function Filters({ children }: { children: ReactNode }) {
  const [search, setSearch] = useQueryValue('search')
  const [outcome, setOutcome] = useQueryValue('outcome')
  const [method, setMethod] = useQueryValue('method')
  const [identifier, setIdentifier] = useQueryValue('identifier')
  return (
    <div className="toolbar">
      <SearchField label={message('web.admin.sign-ins.search')} value={search} onChange={setSearch} />
      <PeriodChip />
      <FilterChip
        label={message('web.admin.sign-ins.column.result')}
        value={outcome}
        onChange={setOutcome}
        options={signInOutcomes.map((value) => ({ value, text: message(outcomeNames[value]) }))}
      />
      <FilterChip
        label={message('web.admin.sign-ins.filter.method')}
        value={method}
        onChange={setMethod}
        options={signInMethods.map((value) => ({ value, text: message(methodNames[value]) }))}
      />
      <FilterChip
        label={message('web.admin.sign-ins.filter.identifier')}
        value={identifier}
        onChange={setIdentifier}
        options={identifierTypes.map((value) => ({ value, text: message(identifierNames[value]) }))}
      />
      <AppChip />
      <ExactChips />
      <span className="toolbar-end">{children}</span>
    </div>
  )
}

const identifierNames = {
  phoneNumber: 'web.admin.sign-ins.identifier.number',
  userPrincipalName: 'web.admin.sign-ins.identifier.name',
} as const

function AppChip() {
  const [app, setApp] = useQueryValue('app')
  const { data } = useResource<ListBody<{ appId: string; displayName: string }>>(appsPath)
  const apps = [...(data?.value ?? []), ...Object.values(webApps)]
  return (
    <FilterChip
      label={message('web.admin.sign-ins.column.app')}
      value={app}
      onChange={setApp}
      options={apps.map(({ appId, displayName }) => ({ value: appId, text: displayName }))}
    />
  )
}

/** What only a link asks for: one person, one address, one code. */
function ExactChips() {
  const [person, setPerson] = useQueryValue('person')
  const [address, setAddress] = useQueryValue('address')
  const [code, setCode] = useQueryValue('code')
  return (
    <>
      {person && <PersonChip id={person} onRemove={() => setPerson('')} />}
      {address && <ExactChip label={message('web.admin.sign-ins.column.address')} value={address} onRemove={() => setAddress('')} />}
      {code && <ExactChip label={message('web.admin.sign-ins.filter.code')} value={code} onRemove={() => setCode('')} />}
    </>
  )
}

function PersonChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useResource<{ displayName: string }>(listPath(`/v1.0/users/${encodeURIComponent(id)}`, { select: ['displayName'] }))
  return <ExactChip label={message('web.admin.sign-ins.filter.person')} value={data?.displayName ?? id} onRemove={onRemove} />
}
