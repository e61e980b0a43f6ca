import { useEffect, useState } from 'react'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import type { Found } from '../../../../kit/people-picker.tsx'
import { message } from '../../../../kit/words/message.ts'
import { everybodyId } from './configuration.ts'

interface NamedObject {
  id: string
  displayName: string
  userPrincipalName?: string
}

const askedMax = 1_000
// Whoever was found once keeps their name while the page is open.
const known = new Map<string, NamedObject>()

/** How targets are called, once it is known; what was chosen a moment ago is known already. */
export function useTargetNames(ids: readonly string[]) {
  const [, setAnswered] = useState(0)
  const unknown = ids.filter((id) => id !== everybodyId && !known.has(id)).slice(0, askedMax)
  const question = unknown.join()
  useEffect(() => {
    if (question === '') return
    const asked = api.ask<{ value: readonly NamedObject[] }>('/v1.0/directoryObjects/getByIds', { ids: question.split(',') })
    asked.then(
      ({ value }) => {
        for (const one of value) known.set(one.id, one)
        // Who is not there any more keeps their id for a name, and is not asked for again.
        for (const id of question.split(',')) if (!known.has(id)) known.set(id, { id, displayName: id })
        setAnswered((times) => times + 1)
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
      },
    )
  }, [question])
  return {
    nameOf: (id: string) => (id === everybodyId ? message('web.admin.policies.everybody') : (known.get(id)?.displayName ?? id)),
    detailOf: (id: string) => known.get(id)?.userPrincipalName,
  }
}

export function rememberNames(found: readonly Found[]): void {
  for (const { id, kind, name, detail } of found)
    known.set(id, { id, displayName: name, ...(kind === 'user' && detail !== undefined && { userPrincipalName: detail }) })
}
