import type { ReactNode } from 'react'
import type { Resource } from './api/use-resource.ts'
import { ErrorBanner } from './error-banner.tsx'
import { Skeleton } from './skeleton.tsx'

interface ResourceViewProps<T> {
  of: Resource<T>
  /** What holds its place meanwhile. */
  waiting?: ReactNode
  children: (data: T) => ReactNode
}

/** Draws what came, holds its place until it comes, and says why when it does not. */
export function ResourceView<T>({ of, waiting = <Skeleton />, children }: ResourceViewProps<T>) {
  const { data, error, reload } = of
  return (
    <>
      {error && <ErrorBanner error={error} onRetry={reload} />}
      {data !== undefined ? children(data) : !error && waiting}
    </>
  )
}
