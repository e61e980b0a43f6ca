import { Link } from './link.tsx'
import { message } from './words/message.ts'
import './crumbs.css'

interface CrumbsProps {
  /** From the top down; the page itself is not among them. */
  above: readonly { to: string; text: string }[]
}

/** The pages above this one, as the way back to them. */
export function Crumbs({ above }: CrumbsProps) {
  return (
    <nav className="crumbs small" aria-label={message('web.kit.crumbs')}>
      <ol>
        {above.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
