import { type LucideIcon, Menu, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Emblem } from './emblem.tsx'
import { later } from './later.tsx'
import { Link } from './link.tsx'
import { PersonMenu } from './person-menu.tsx'
import { useAddress } from './routing/address.ts'
import { waitingToLeave, watchLeaving } from './routing/leaving.ts'
import { thisApp } from './session/tokens.ts'
import { Toasts } from './toasts.tsx'
import { message } from './words/message.ts'
import './shell.css'

/** What still fits in a line that one can scroll. */
const inSightMax = 7

const LeaveDialog = later(() => import('./leave-dialog.tsx'))

export interface Destination {
  path: string
  label: string
  icon?: LucideIcon | undefined
  /** What stands above it, and above those after it with the same words. */
  group?: string | undefined
  /** Somebody is about to go there. */
  prepare: () => void
}

interface ShellProps {
  appName: string
  destinations: readonly Destination[]
  search?: ReactNode
  children: ReactNode
}

/** What every page of an app stands in: whose it is, who is signed in, and where one can go. */
export function Shell({ appName, destinations, search, children }: ShellProps) {
  const { pathname } = useAddress()
  const [openAt, setOpenAt] = useState<string>()
  // Where one goes from the menu, it is closed.
  const isOpen = openAt === pathname
  const hasMenu = destinations.length > inSightMax
  return (
    <>
      <a className="skip" href="#main">
        {message('web.kit.shell.skip')}
      </a>
      <div className="shell">
        <header className="shell-head">
          <Link to={thisApp().path} className="shell-home">
            <Emblem appName={appName} />
          </Link>
          {search && <div className="shell-search">{search}</div>}
          <PersonMenu />
          {hasMenu && <MenuButton isOpen={isOpen} onPress={() => setOpenAt(isOpen ? undefined : pathname)} />}
        </header>
        <nav id="shell-side" className="shell-side" aria-label={appName} data-menu={hasMenu ? (isOpen ? 'open' : 'closed') : undefined}>
          <Destinations destinations={destinations} />
        </nav>
        <main id="main" className="shell-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Leaving />
      <Toasts />
    </>
  )
}

/** On small screens more destinations than fit in a line are behind a button. */
function MenuButton({ isOpen, onPress }: { isOpen: boolean; onPress: () => void }) {
  const Icon = isOpen ? X : Menu
  return (
    <button type="button" className="shell-menu" aria-expanded={isOpen} aria-controls="shell-side" onClick={onPress}>
      <Icon className="icon" aria-hidden="true" />
      <span className="unseen">{message('web.kit.shell.menu')}</span>
    </button>
  )
}

/** Whoever goes away from something unsaved is asked. */
function Leaving() {
  const go = useSyncExternalStore(watchLeaving, waitingToLeave)
  return go && <LeaveDialog go={go} />
}

function Destinations({ destinations }: { destinations: readonly Destination[] }) {
  const { pathname } = useAddress()
  const current = currentOf(destinations, pathname)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (pathname && list.current) showCurrent(list.current)
  }, [pathname])
  return (
    <ul className="shell-nav" ref={list}>
      {destinations.map(({ path, label, icon: Icon, group, prepare }, at) => (
        <li
          key={path}
          className={!group && destinations[at - 1]?.group ? 'shell-apart' : undefined}
          onPointerEnter={prepare}
          onFocus={prepare}
        >
          {group && group !== destinations[at - 1]?.group && <p className="shell-group">{group}</p>}
          <Link to={path} aria-current={path === current ? (path === pathname ? 'page' : 'true') : undefined}>
            {Icon && <Icon className="icon" aria-hidden="true" />}
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Where one is: the destination itself, or the one the address is below. */
function currentOf(destinations: readonly Destination[], pathname: string): string | undefined {
  const above = destinations.filter(({ path }) => pathname === path || (path !== thisApp().path && pathname.startsWith(`${path}/`)))
  return above.sort((one, other) => other.path.length - one.path.length)[0]?.path
}

/** On phones the list is a line wider than the screen. Scrolling an element into view would also begin the Tab key there, behind the skip link. */
function showCurrent(list: HTMLElement): void {
  const frame = list.parentElement
  const current = list.querySelector('[aria-current]')
  if (!frame || !current) return
  const middleOf = (element: Element) => {
    const { left, width } = element.getBoundingClientRect()
    return left + width / 2
  }
  frame.scrollLeft += middleOf(current) - middleOf(frame)
}
