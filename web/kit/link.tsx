import type { MouseEvent, ReactNode } from 'react'
import type { ButtonKind } from './button.tsx'
import { go } from './routing/address.ts'
import { leave } from './routing/leaving.ts'
import './button.css'

interface LinkProps {
  to: string
  children: ReactNode
  className?: string
  'aria-current'?: 'page' | 'true' | undefined
}

/** To another place of this app. With a modifier key the browser does what it does with any link. */
export function Link({ to, children, className = 'link', 'aria-current': current }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    leave(() => go(to))
  }
  return (
    <a href={to} className={className} onClick={follow} aria-current={current}>
      {children}
    </a>
  )
}

interface LinkButtonProps {
  to: string
  kind?: ButtonKind
  icon?: ReactNode
  children: ReactNode
}

/** Goes somewhere, and looks like a button. */
export function LinkButton({ to, kind = 'quiet', icon, children }: LinkButtonProps) {
  return (
    <Link to={to} className={`button ${kind}`}>
      {icon}
      {children}
    </Link>
  )
}
