import { CircleAlert, CircleCheck, Info, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import './banner.css'

type Tone = 'note' | 'good' | 'bad' | 'accent'

interface BannerProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons and links that belong to it. */
  actions?: ReactNode
  /** Read out as soon as it appears. What stands there from the start is not. */
  isNews?: boolean
}

const icons = { note: Info, good: CircleCheck, bad: CircleAlert, accent: Sparkles } as const

/** Something to know, in its place on the page; what was done a moment ago is a toast. */
export function Banner({ tone = 'note', title, children, actions, isNews = false }: BannerProps) {
  const Icon = icons[tone]
  return (
    <div className={`banner ${tone}`} role={isNews ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon className="icon" aria-hidden="true" />
      <div className="content">
        {title && <p className="title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="row">{actions}</div>}
      </div>
    </div>
  )
}
