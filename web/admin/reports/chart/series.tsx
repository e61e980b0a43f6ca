import './chart.css'

/** One kind of thing that is counted, told from the others by colour, by pattern or dash, and by the shape of its marks. */
export interface Series {
  name: string
  /** One for each moment. */
  values: readonly number[]
}

export const looksMax = 6

/** A number of a look, so that the eighth series borrows the look of the second. */
export function lookOf(index: number): number {
  return index % looksMax
}

export const dashes: readonly string[] = ['none', '6 3', '2 3', '10 3 2 3', '4 2 1 2', '1 4']

/** How areas are filled: each pattern is drawn in the ground's colour over the colour of its series. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      {patterns.map((path, look) => (
        // The list never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <pattern key={look} id={`${id}-${look}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" className={`chart-fill-${look}`} />
          {path && <path d={path} className="chart-hatch" />}
        </pattern>
      ))}
    </defs>
  )
}

const patterns: readonly string[] = ['', 'M-2 2L2 -2M0 8L8 0M6 10L10 6', 'M2 2h1M6 6h1', 'M0 4h8', 'M4 0v8', 'M0 0L8 8M0 8L8 0']

const marks: readonly string[] = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0',
  'M-4 -4h8v8h-8z',
  'M0 -5L5 4H-5z',
  'M0 -5L5 0L0 5L-5 0z',
  'M0 5L5 -4H-5z',
  'M-4 -4L4 4M-4 4L4 -4',
]

export function Mark({ look, x, y }: { look: number; x: number; y: number }) {
  return <path d={marks[look] ?? ''} transform={`translate(${x} ${y})`} className={`chart-mark chart-line-${look}`} />
}

/** What each look means. */
export function Legend({ id, series, kind }: { id: string; series: readonly Series[]; kind: 'columns' | 'lines' }) {
  return (
    <ul className="chart-legend small">
      {series.map(({ name }, index) => (
        <li key={name}>
          <svg width="28" height="14" aria-hidden="true">
            {kind === 'columns' ? (
              <rect width="28" height="14" rx="3" fill={`url(#${id}-${lookOf(index)})`} className={`chart-line-${lookOf(index)}`} />
            ) : (
              <>
                <path d="M0 7H28" className={`chart-line chart-line-${lookOf(index)}`} strokeDasharray={dashes[lookOf(index)]} />
                <Mark look={lookOf(index)} x={14} y={7} />
              </>
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
