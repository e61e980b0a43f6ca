import type { ReactNode } from 'react'
import './table.css'

interface TableProps<T> {
  /** Read out as its name. */
  label: string
  columns: readonly { name: string; cell: (item: T) => ReactNode }[]
  items: readonly T[]
  keyOf: (item: T) => string
}

/** A table to read: the first column names each row. On phones each row becomes a block, with the names of the columns beside the values. */
export function Table<T>({ label, columns, items, keyOf }: TableProps<T>) {
  const [first, ...others] = columns
  return (
    <div className="table-frame">
      {/* Where rows become blocks, browsers forget what the elements are unless it is said. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table className="table" aria-label={label} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name }) => (
              <th key={name} scope="col" role="columnheader">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <tr key={keyOf(item)} role="row">
              <th scope="row" role="rowheader">
                {first?.cell(item)}
              </th>
              {others.map(({ name, cell }) => (
                <td key={name} data-name={name} role="cell">
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  )
}
