import { useEffect, useState } from 'react'
import type { PolicyEffect } from '#contract/graph/policy-effects.ts'
import { type ApiPath, api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { Button } from '../../../../kit/button.tsx'
import { ErrorBanner } from '../../../../kit/error-banner.tsx'
import { setting } from '../../../../kit/setting.ts'
import { Skeleton } from '../../../../kit/skeleton.tsx'
import { Table } from '../../../../kit/table.tsx'
import { message } from '../../../../kit/words/message.ts'

interface Person {
  id: string
  displayName: string
  userPrincipalName: string
  department: string | null
  userType: string
  accountEnabled: boolean
}

interface AffectedPeopleProps {
  /** Read out as the name of the table. */
  label: string
  policyId: string
  effect: PolicyEffect
  /** What would be saved. */
  configuration: object
}

/** Who stands behind one count of the preview, page by page. The question is the proposal itself, so it is asked with each page. */
export function AffectedPeople({ label, policyId, effect, configuration }: AffectedPeopleProps) {
  const first: ApiPath = `/sesam/v1/methodPolicies/${policyId}/preview/people?$top=25`
  const [behind, setBehind] = useState<readonly ApiPath[]>([])
  const [path, setPath] = useState<ApiPath>(first)
  const [page, setPage] = useState<ListBody<Person>>()
  const [failure, setFailure] = useState<ApiError>()
  const [tries, setTries] = useState(0)
  const question = JSON.stringify({ effect, configuration, tries })
  useEffect(() => {
    let isOld = false
    const { effect, configuration } = JSON.parse(question)
    api.ask<ListBody<Person>>(path, { effect, configuration }).then(
      (found) => {
        if (isOld) return
        setPage(found)
        setFailure(undefined)
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (!isOld) setFailure(error)
      },
    )
    return () => {
      isOld = true
    }
  }, [path, question])
  if (failure) return <ErrorBanner error={failure} onRetry={() => setTries(tries + 1)} />
  if (!page) return <Skeleton lines={4} />
  const next = page['@odata.nextLink']
  const previous = behind.at(-1)
  const goOn = (address: string) => {
    setBehind([...behind, path])
    setPath(address.slice(setting().publicUrl.length) as ApiPath) // The API writes it.
  }
  return (
    <div className="stack">
      <Table label={label} columns={columns()} items={page.value} keyOf={({ id }) => id} />
      {(next !== undefined || previous) && (
        <div className="row">
          <Button
            kind="quiet"
            isDisabled={!previous}
            onPress={() => {
              if (!previous) return
              setBehind(behind.slice(0, -1))
              setPath(previous)
            }}
          >
            {message('web.kit.data-table.previous')}
          </Button>
          <Button kind="quiet" isDisabled={next === undefined} onPress={() => next && goOn(next)}>
            {message('web.kit.data-table.next')}
          </Button>
        </div>
      )}
    </div>
  )
}

function columns() {
  return [
    { name: message('web.admin.policies.affected.name'), cell: (person: Person) => <Named {...person} /> },
    { name: message('web.admin.policies.affected.department'), cell: ({ department }: Person) => department ?? '–' },
  ]
}

function Named({ displayName, userPrincipalName, userType, accountEnabled }: Person) {
  return (
    <>
      {displayName} {userType === 'Guest' && <Badge>{message('web.admin.users.state.guest')}</Badge>}
      {!accountEnabled && <Badge tone="bad">{message('web.admin.users.state.disabled')}</Badge>}
      <span className="policy-user-name soft small">{userPrincipalName}</span>
    </>
  )
}
