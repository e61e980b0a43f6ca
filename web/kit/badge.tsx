import type { ReactNode } from 'react'
import './badge.css'

/** A word about a thing's state, beside its name. */
export function Badge({ tone = 'note', children }: { tone?: 'note' | 'good' | 'bad' | 'accent'; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>
}
