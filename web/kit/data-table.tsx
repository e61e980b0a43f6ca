import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ApiPath } from './api/api.ts'
import { usePages } from './api/use-pages.ts'
import { useResource } from './api/use-resource.ts'
import { Button } from './button.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { Link } from './link.tsx'
import { RowCheckbox } from './row-checkbox.tsx'
import { Skeleton } from './skeleton.tsx'
import { message } from './words/message.ts'
import { countText } from './words/numbers.ts'
import './table.css'
import './data-table.css'

export interface DataColumn<T> {
  name: string
  cell: (item: T) => ReactNode
  /** What the API sorts by; a column without it cannot be sorted. */
  sort?: string
}

interface DataTableProps<T> {
  /** Read out as its name. */
  label: string
  /** The whole question, without a place in the list. */
  path: ApiPath
  /** Counts what the question finds; the table does not wait for it. */
  countPath?: ApiPath | undefined
  columns: readonly DataColumn<T>[]
  keyOf: (item: T) => string
  /** Where the first cell of a row leads. */
  linkOf?: ((item: T) => string) | undefined
  /** `displayName` or `displayName desc`. */
  order?: string
  onOrder?: (order: string) => void
  chosen?: ReadonlySet<string>
  onChoose?: (chosen: ReadonlySet<string>) => void
  /** How a row is called where it is ticked. */
  nameOf?: (item: T) => string
  /** What stands there where nothing was found. */
  empty: ReactNode
}

/** A table of a list of any length: the server sorts, filters and turns the pages. On phones each row becomes a block. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, path, columns, empty, onChoose } = props
  const { page, before, next, previous } = usePages<T>(path)
  const { data, error, reload, isRefreshing } = page
  if (error && !data) return <ErrorBanner error={error} onRetry={reload} />
  if (!data) return <Skeleton lines={8} />
  if (data.value.length === 0 && before === 0) return empty
  return (
    <div className="data-table" aria-busy={isRefreshing}>
      {error && <ErrorBanner error={error} onRetry={reload} />}
      <div className="table-frame">
        {/* Where rows become blocks, browsers forget what the elements are unless it is said. */}
        {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
        <table className="table" aria-label={label} role="table">
          <thead role="rowgroup">
            <tr role="row">
              {onChoose && (
                <th scope="col" role="columnheader">
                  <span className="unseen">{message('web.kit.data-table.choose')}</span>
                </th>
              )}
              {columns.map((column) => (
                <HeadCell key={column.name} column={column} {...props} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {data.value.map((item) => (
              <DataRow key={props.keyOf(item)} item={item} {...props} />
            ))}
          </tbody>
        </table>
        {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
      </div>
      <Turner {...props} from={before + 1} to={before + data.value.length} next={next} previous={previous} />
    </div>
  )
}

function DataRow<T>({ item, columns, keyOf, linkOf, nameOf, chosen, onChoose }: DataTableProps<T> & { item: T }) {
  const [first, ...others] = columns
  const key = keyOf(item)
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: where rows become blocks, browsers forget what the elements are
    <tr role="row">
      {onChoose && chosen && (
        <td role="cell" className="choose">
          <RowCheckbox label={nameOf?.(item) ?? key} id={key} chosen={chosen} onChoose={onChoose} />
        </td>
      )}
      <th scope="row" role="rowheader">
        {linkOf ? <Link to={linkOf(item)}>{first?.cell(item)}</Link> : first?.cell(item)}
      </th>
      {others.map(({ name, cell }) => (
        <td key={name} data-name={name} role="cell">
          {cell(item)}
        </td>
      ))}
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  )
}

function HeadCell<T>({ column, order, onOrder }: DataTableProps<T> & { column: DataColumn<T> }) {
  const { name, sort } = column
  const [by = '', way] = (order ?? '').split(' ')
  const direction = sort !== undefined && sort === by ? (way === 'desc' ? 'descending' : 'ascending') : undefined
  const turn = () => onOrder?.(direction === 'ascending' ? `${sort} desc` : `${sort}`)
  return (
    // biome-ignore lint/a11y/noRedundantRoles: where rows become blocks, browsers forget what the elements are
    <th scope="col" role="columnheader" aria-sort={direction}>
      {sort !== undefined && onOrder ? (
        <button type="button" className="sorter" onClick={turn}>
          {name}
          {direction === 'ascending' && <ArrowUp className="icon" aria-hidden="true" />}
          {direction === 'descending' && <ArrowDown className="icon" aria-hidden="true" />}
        </button>
      ) : (
        name
      )}
    </th>
  )
}

interface TurnerProps {
  label: string
  countPath?: ApiPath | undefined
  from: number
  to: number
  next: (() => void) | undefined
  previous: (() => void) | undefined
}

function Turner({ label, countPath, from, to, next, previous }: TurnerProps) {
  const range = { from: countText(from), to: countText(to) }
  return (
    <nav className="turner" aria-label={message('web.kit.data-table.pages', { label })}>
      <span className="soft small" role="status">
        {countPath ? <Counted path={countPath} range={range} /> : message('web.kit.data-table.range', range)}
      </span>
      {(next || previous) && (
        <span className="turner-buttons">
          <Button
            kind="quiet"
            isDisabled={!previous}
            onPress={() => previous?.()}
            icon={<ChevronLeft className="icon" aria-hidden="true" />}
          >
            {message('web.kit.data-table.previous')}
          </Button>
          <Button kind="quiet" isDisabled={!next} onPress={() => next?.()} icon={<ChevronRight className="icon" aria-hidden="true" />}>
            {message('web.kit.data-table.next')}
          </Button>
        </span>
      )}
    </nav>
  )
}

/** How many there are in all comes when it comes. */
function Counted({ path, range }: { path: ApiPath; range: Readonly<Record<string, string>> }) {
  const { data } = useResource<number>(path)
  return data === undefined
    ? message('web.kit.data-table.range', range)
    : message('web.kit.data-table.range-of', { ...range, of: countText(data) })
}
