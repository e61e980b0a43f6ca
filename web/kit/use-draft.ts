import { useState } from 'react'
import { forgetDraft, keepDraft, readDraft } from './draft-store.ts'
import { session } from './session/session.ts'

/**
 * A typed value that outlives this page: a new proof at the sign-in pages, a session that ended, a reload. Never for passwords or codes.
 * `const [number, setNumber, forgetNumber] = useDraft('add-phone.number', '')`; forget it when what it was for is done or given up.
 */
export function useDraft(key: string, initial: string): [value: string, set: (value: string) => void, forget: () => void] {
  const { id } = session.person
  const [value, setValue] = useState(() => readDraft(id, key) ?? initial)
  return [
    value,
    (next) => {
      setValue(next)
      keepDraft(id, key, next)
    },
    () => {
      setValue(initial)
      forgetDraft(id, key)
    },
  ]
}
