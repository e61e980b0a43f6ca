import { useEffect, useState } from 'react'
import type { CheckedNumberBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'

const restMs = 350
/** Before that nobody can tell what it will be. */
const tellingLength = 5

/** What the API says of a number while it is typed, a moment after the last key; undefined while nobody knows. */
export function useNumberCheck(personId: string, phoneNumber: string, phoneType: string): CheckedNumberBody | undefined {
  const [checked, setChecked] = useState<{ of: string; verdict: CheckedNumberBody }>()
  const question = `${phoneType} ${phoneNumber.trim()}`
  const isTelling = phoneNumber.trim().length >= tellingLength
  useEffect(() => {
    if (!isTelling) return
    let isOld = false
    const [type, ...rest] = question.split(' ')
    const ask = async () => {
      try {
        const body = { phoneNumber: rest.join(' '), phoneType: type }
        const verdict = await api.ask<CheckedNumberBody>(`/sesam/v1/users/${personId}/authenticationMethods/checkNumber`, body)
        if (!isOld) setChecked({ of: question, verdict })
      } catch (error) {
        // Whatever is in the way now is said when the number is given.
        if (!(error instanceof ApiError)) throw error
      }
    }
    const timer = setTimeout(() => void ask(), restMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [personId, question, isTelling])
  return isTelling && checked?.of === question ? checked.verdict : undefined
}
