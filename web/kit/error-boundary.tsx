import { Component, type ReactNode } from 'react'
import { lastSupportId } from './api/api.ts'
import { ApiError } from './api/api-error.ts'
import { Button } from './button.tsx'
import { SupportId } from './support-id.tsx'
import { message } from './words/message.ts'

interface State {
  error: unknown
}

/** Where something of ours breaks, the page says so and offers a way on; the rest of the app stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    // What went wrong here most likely began with the last answer.
    const id = (error instanceof ApiError ? error.supportId : undefined) ?? lastSupportId()
    return (
      <div className="stack" role="alert">
        <h1>{message('web.kit.error.broken')}</h1>
        <p>{message('web.kit.error.broken-told')}</p>
        {id && <SupportId id={id} />}
        <div className="row">
          <Button onPress={() => location.reload()}>{message('web.kit.error.reload')}</Button>
        </div>
      </div>
    )
  }
}
