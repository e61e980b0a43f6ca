import { useState } from 'react'

/** Carries a mistake out of a handler to the nearest `ErrorBoundary`, which sees only what breaks while drawing. */
export function useThrow(): (error: unknown) => void {
  const [, set] = useState<undefined>()
  return (error) =>
    set(() => {
      throw error
    })
}
