import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Resource } from '../../kit/api/use-resource.ts'
import { Link } from '../../kit/link.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { addressOf } from '../addresses.ts'
import './tile.css'

interface TileProps<T> {
  to: string
  title: string
  icon: LucideIcon
  isWide?: boolean
  of: Resource<T>
  children: (data: T) => ReactNode
}

/** One page of My Account and what it says in short; a press anywhere on it goes there. */
export function Tile<T>({ to, title, icon: Icon, isWide = false, of: { data, isLoading }, children }: TileProps<T>) {
  return (
    <section className={isWide ? 'tile wide' : 'tile'}>
      <div className="tile-head">
        <Icon className="icon" aria-hidden="true" />
        <h2>
          <Link to={addressOf(to)} className="tile-link">
            {title}
          </Link>
        </h2>
        <ChevronRight className="icon tile-onward" aria-hidden="true" />
      </div>
      {data === undefined ? isLoading && <Skeleton lines={2} /> : children(data)}
    </section>
  )
}

/** What a tile has to say: the fact, and what one may want to know beside it. */
export function TileFact({ fact, children }: { fact: ReactNode; children?: ReactNode }) {
  return (
    <div>
      <p className="tile-fact">{fact}</p>
      {children && <p className="soft small">{children}</p>}
    </div>
  )
}
