import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

export interface Later<Props> {
  (props: Props): ReactNode
  /** Somebody is about to need it. */
  prepare(): void
}

/**
 * A part of a page that is a file of its own and comes when somebody needs it; prepared, it is drawn at once. React's own `lazy` would hold it
 * back for a third of a second where something showed that it was waiting.
 */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): Later<Props> {
  let loaded: ComponentType<Props> | undefined
  let loading: Promise<void> | undefined
  const fetchIt = () => {
    loading ??= load().then(
      (module) => {
        loaded = module.default
      },
      (error: unknown) => {
        // The next one who needs it tries again.
        loading = undefined
        throw error
      },
    )
    return loading
  }
  const Part = (props: Props) => {
    const [, setDone] = useState(false)
    const [failure, setFailure] = useState<{ error: unknown }>()
    useEffect(() => {
      if (loaded) return
      fetchIt().then(
        () => setDone(true),
        (error: unknown) => setFailure({ error }),
      )
    }, [])
    if (failure) throw failure.error
    const Loaded = loaded
    return Loaded ? <Loaded {...props} /> : null
  }
  return Object.assign(Part, { prepare: () => void fetchIt().catch(() => {}) })
}
