import type { ReactNode } from 'react'
import './card.css'

interface CardProps {
  title: ReactNode
  /** 2 below the page's own heading, 3 inside a section that has one. */
  level?: 2 | 3
  /** A line below the title. */
  note?: ReactNode
  icon?: ReactNode
  /** At the end of the title's line: a badge, a button. */
  aside?: ReactNode
  children?: ReactNode
  /** Buttons and links at its foot. */
  actions?: ReactNode
}

/** A block of its own on a page; several stand side by side in `<Cards>`. */
export function Card({ title, level = 2, note, icon, aside, children, actions }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className="card">
      <div className="card-head">
        {icon && <span className="mark-of">{icon}</span>}
        <div className="titles">
          <Heading>{title}</Heading>
          {note && <p className="soft small">{note}</p>}
        </div>
        {aside}
      </div>
      {children}
      {actions && <div className="row">{actions}</div>}
    </section>
  )
}

export function Cards({ children }: { children: ReactNode }) {
  return <div className="cards">{children}</div>
}
