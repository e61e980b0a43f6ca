import { type ReactNode, useEffect, useRef } from 'react'
import { thisApp } from './session/tokens.ts'
import { setting } from './setting.ts'

interface PageProps {
  title: string
  lead?: ReactNode
  /** At the end of the heading's line. */
  aside?: ReactNode
  children: ReactNode
}

let shownBefore = false

/** What stands in the middle of the shell. Whoever comes from another page finds the focus on its heading. */
export function Page({ title, lead, aside, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The first page of a visit starts where browsers start; a screen reader reads its title anyway.
    if (shownBefore) heading.current?.focus()
    shownBefore = true
  }, [])
  useEffect(() => {
    document.title = `${title} · ${thisApp().displayName} · ${setting().organisation}`
  }, [title])
  return (
    <div className="page">
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
        {lead && <p className="lead">{lead}</p>}
      </div>
      {children}
    </div>
  )
}
