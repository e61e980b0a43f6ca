import type { ReactNode } from 'react'
import './rows.css'

/** Names and what they are, in pairs. */
export function Facts({ facts }: { facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.flatMap(([name, value], index) => [
        // Facts have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <dt key={`${index} name`}>{name}</dt>,
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <dd key={`${index} value`}>{value}</dd>,
      ])}
    </dl>
  )
}

/** A list of things, each with what can be done to it. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  )
}

interface RowProps {
  title: ReactNode
  /** Beside the title. */
  badge?: ReactNode
  icon?: ReactNode
  /** Below the title. */
  children?: ReactNode
  actions?: ReactNode
  /** Across the whole width below: a banner, a disclosure. */
  more?: ReactNode
}

export function Row({ title, badge, icon, children, actions, more }: RowProps) {
  return (
    <li>
      <span className={icon ? 'row-icon' : undefined}>{icon}</span>
      <div className="row-main">
        <div className="row-title">
          {title}
          {badge}
        </div>
        {children && <div className="soft small">{children}</div>}
      </div>
      {actions && <div className="row-actions">{actions}</div>}
      {more && <div className="row-more">{more}</div>}
    </li>
  )
}
