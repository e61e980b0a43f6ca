import { message } from './words/message.ts'
import './skeleton.css'

/** Holds the place of what is on its way: lines of text, or the rows and cards of a list. */
export function Skeleton({ lines = 3, shape = 'text' }: { lines?: number; shape?: 'text' | 'card' }) {
  return (
    <div role="status" className={`skeleton ${shape === 'card' ? 'card-shaped' : ''}`}>
      {Array.from({ length: lines }, (_, index) => (
        // They are all alike and never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <i key={index} aria-hidden="true" />
      ))}
      <span className="unseen">{message('web.kit.skeleton.loading')}</span>
    </div>
  )
}
