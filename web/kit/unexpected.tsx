import { useEffect, useState } from 'react'
import { ApiError } from './api/api-error.ts'
import { wordsOf } from './api/words-of.ts'
import { showToast } from './toasts.tsx'

/**
 * Whatever a press began and nobody caught. A no of the API is said; a mistake of ours goes to the `ErrorBoundary` around this, which by itself
 * sees only what breaks while drawing.
 */
export function Unexpected() {
  const [, set] = useState<undefined>()
  useEffect(() => {
    const hear = ({ reason }: PromiseRejectionEvent) => {
      if (reason instanceof ApiError) return showToast(wordsOf(reason))
      set(() => {
        throw reason
      })
    }
    addEventListener('unhandledrejection', hear)
    return () => removeEventListener('unhandledrejection', hear)
  }, [])
  return null
}
