import { useEffect, useState } from 'react'
import type { PolicyEffect } from '#contract/graph/policy-effects.ts'
import { type ApiPath, api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'

export interface Preview {
  inScope: number
  licensed: number
  short: number
  isScopeExact: boolean
  isExact: boolean
  effects: Readonly<Record<PolicyEffect, number>>
}

/** What saving would mean. The first answer comes at once; where it only says "at least", a second one takes its place. */
export function usePreview(path: ApiPath, body: object): { preview: Preview | undefined; failure: ApiError | undefined } {
  const [preview, setPreview] = useState<Preview>()
  const [failure, setFailure] = useState<ApiError>()
  const question = JSON.stringify(body)
  useEffect(() => {
    let isOld = false
    const ask = async () => {
      const quickly = await api.ask<Preview>(path, JSON.parse(question))
      if (isOld) return
      setPreview(quickly)
      if (quickly.isExact && quickly.isScopeExact) return
      const exactly = await api.ask<Preview>(path, JSON.parse(question), 'count=exact')
      if (!isOld) setPreview(exactly)
    }
    ask().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      if (!isOld) setFailure(error)
    })
    return () => {
      isOld = true
    }
  }, [path, question])
  return { preview, failure }
}
