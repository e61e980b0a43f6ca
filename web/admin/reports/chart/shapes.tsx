import { dashes, lookOf, Mark, type Series } from './series.tsx'
import type { Moment, Scale } from './time-chart.tsx'

interface ShapeProps {
  id: string
  moments: readonly Moment[]
  series: readonly Series[]
  scale: Scale
}

/** Of each moment's width. */
const gap = 0.22
/** More marks than this are a caterpillar, not a line. */
const marksMax = 31

/** For each moment one column, its parts on top of each other. */
export function Columns({ id, moments, series, scale }: ShapeProps) {
  const width = Math.max(1, scale.widthEach * (1 - gap))
  return (
    <svg aria-hidden="true">
      {moments.map(({ long }, moment) =>
        stacked(series, moment).map(({ name, look, from, to }) => (
          <rect
            key={`${long} ${name}`}
            className={`chart-grow chart-line-${look}`}
            fill={`url(#${id}-${look})`}
            x={scale.xOf(moment) + (scale.widthEach * gap) / 2}
            y={scale.yOf(to)}
            width={width}
            height={Math.max(0, scale.yOf(from) - scale.yOf(to))}
          />
        )),
      )}
    </svg>
  )
}

interface Part {
  name: string
  look: number
  from: number
  to: number
}

function stacked(series: readonly Series[], moment: number): Part[] {
  let from = 0
  const parts: Part[] = []
  for (const [index, { name, values }] of series.entries()) {
    const value = values[moment] ?? 0
    if (value > 0) parts.push({ name, look: lookOf(index), from, to: from + value })
    from += value
  }
  return parts
}

export function Lines({ series, scale }: ShapeProps) {
  return (
    <svg aria-hidden="true">
      {series.map(({ name, values }, index) => {
        const points = values.map((value, moment) => [scale.xOf(moment) + scale.widthEach / 2, scale.yOf(value)] as const)
        return (
          <g key={name}>
            <path
              className={`chart-line chart-line-${lookOf(index)}`}
              strokeDasharray={dashes[lookOf(index)]}
              d={points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
            />
            {values.length <= marksMax &&
              // A line at the ground says nothing; only what is there is marked.
              points.map(([x, y], moment) => (values[moment] ? <Mark key={x} look={lookOf(index)} x={x} y={y} /> : null))}
          </g>
        )
      })}
    </svg>
  )
}
