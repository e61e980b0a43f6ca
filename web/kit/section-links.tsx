import { useEffect, useRef } from 'react'
import { Link } from './link.tsx'
import { useAddress } from './routing/address.ts'
import './section-links.css'

interface SectionLinksProps {
  label: string
  sections: readonly { to: string; text: string }[]
}

/** The pages that belong to one thing, such as a person: each has an address of its own. */
export function SectionLinks({ label, sections }: SectionLinksProps) {
  const { pathname } = useAddress()
  const row = useRef<HTMLElement>(null)
  // On a phone not all of them fit, and the one that is shown should be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address shows another one
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav ref={row} className="section-links" aria-label={label}>
      <ul>
        {sections.map(({ to, text }) => (
          <li key={to}>
            <Link to={to} className="section-link" aria-current={to === pathname ? 'page' : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
