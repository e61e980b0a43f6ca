import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { message } from '../../../kit/words/message.ts'
import { countText } from '../../../kit/words/numbers.ts'
import { labelledAt, niceAxis } from './nice-axis.ts'
import { Legend, Patterns, type Series } from './series.tsx'
import { Columns, Lines } from './shapes.tsx'
import { useWidth } from './use-width.ts'
import './chart.css'

interface TimeChartProps {
  /** Read out as its name. */
  label: string
  /** What it tells in a sentence, for whoever does not see it. */
  told: string
  kind: 'columns' | 'lines'
  moments: readonly Moment[]
  series: readonly Series[]
  /** Behind what the chosen moment holds: a link to it. */
  more?: ((index: number) => ReactNode) | undefined
}

/** A day or an hour: short below the picture, long where it is read. */
export interface Moment {
  short: string
  long: string
}

/** Where things are drawn. */
export interface Scale {
  left: number
  top: number
  bottom: number
  widthEach: number
  xOf: (index: number) => number
  yOf: (value: number) => number
}

const height = 240
const margin = { top: 10, bottom: 28, side: 20, perDigit: 8, beside: 8 }
const labelWidth = 70

/** Counts over time. One stop of the Tab key; the arrows go from moment to moment, and what each holds is read out and written below. */
export function TimeChart({ label, told, kind, moments, series, more }: TimeChartProps) {
  const id = useId()
  const [ref, width] = useWidth()
  const [active, setActive] = useState<number>()
  const totals = moments.map((_, index) => series.map(({ values }) => values[index] ?? 0))
  const largest = Math.max(0, ...totals.map((all) => (kind === 'columns' ? all.reduce((sum, one) => sum + one, 0) : Math.max(0, ...all))))
  const lines = niceAxis(largest)
  const scale = scaleOf(width, moments.length, lines)
  const shown = active !== undefined && active < moments.length ? active : moments.length - 1
  if (largest === 0) return <EmptyState title={message('web.admin.reports.nothing')} />
  const Shape = kind === 'columns' ? Columns : Lines
  return (
    <div className="chart">
      <Legend id={id} series={series} kind={kind} />
      <div className="chart-picture" ref={ref}>
        {/* biome-ignore lint/a11y/useSemanticElements: a picture whose parts can be reached is a group, not a fieldset */}
        <svg width={width} height={height} role="group" aria-labelledby={`${id}-title ${id}-desc`}>
          <title id={`${id}-title`}>{label}</title>
          <desc id={`${id}-desc`}>{told}</desc>
          <Patterns id={id} />
          <Axis {...{ lines, moments, scale, width }} />
          <Shape id={id} moments={moments} series={series} scale={scale} />
          <Moments {...{ label, moments, series, scale, shown }} isActive={active !== undefined} onActive={setActive} />
        </svg>
      </div>
      <div className="chart-readout small">
        <span aria-hidden="true">
          <b>{moments[shown]?.long}</b>
          {series.map(({ name, values }) => ` · ${name} ${countText(values[shown] ?? 0)}`)}
        </span>{' '}
        {more?.(shown)}
      </div>
    </div>
  )
}

function scaleOf(width: number, count: number, lines: readonly number[]): Scale {
  const top = lines.at(-1) ?? 1
  const isRightToLeft = document.documentElement.dir === 'rtl'
  const axis = margin.beside + countText(top).length * margin.perDigit
  const inner = Math.max(1, width - axis - margin.side)
  const widthEach = inner / Math.max(1, count)
  const left = isRightToLeft ? margin.side : axis
  const bottom = height - margin.bottom
  return {
    left,
    top: margin.top,
    bottom,
    widthEach,
    xOf: (index) => left + widthEach * (isRightToLeft ? count - 1 - index : index),
    yOf: (value) => bottom - ((bottom - margin.top) * value) / top,
  }
}

interface AxisProps {
  lines: readonly number[]
  moments: readonly Moment[]
  scale: Scale
  width: number
}

function Axis({ lines, moments, scale, width }: AxisProps) {
  const isRightToLeft = document.documentElement.dir === 'rtl'
  const labelled = labelledAt(moments.length, scale.widthEach, labelWidth)
  const [from, to] = isRightToLeft ? [margin.side, width - scale.left] : [scale.left, width - margin.side]
  return (
    <svg aria-hidden="true">
      {lines.map((value) => (
        <g key={value}>
          <path className="chart-grid" d={`M${from} ${scale.yOf(value)}H${to}`} />
          <text className="chart-axis" x={isRightToLeft ? width : 0} y={scale.yOf(value) + 4} textAnchor="start">
            {countText(value)}
          </text>
        </g>
      ))}
      {moments.map(
        ({ short, long }, index) =>
          labelled.has(index) && (
            <text key={long} className="chart-axis" x={scale.xOf(index) + scale.widthEach / 2} y={scale.bottom + 20} textAnchor="middle">
              {short}
            </text>
          ),
      )}
    </svg>
  )
}

interface MomentsProps extends Pick<TimeChartProps, 'label' | 'moments' | 'series'> {
  scale: Scale
  shown: number
  isActive: boolean
  onActive: (index: number) => void
}

function Moments({ label, moments, series, scale, shown, isActive, onActive }: MomentsProps) {
  const group = useRef<SVGGElement>(null)
  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, shown, moments.length)
    if (next === undefined) return
    event.preventDefault()
    onActive(next)
    const moment = group.current?.children[next]
    if (moment instanceof SVGElement) moment.focus()
  }
  return (
    <g ref={group} role="listbox" aria-label={label} aria-orientation="horizontal" tabIndex={-1} onKeyDown={move}>
      {moments.map(({ long }, index) => (
        <g
          key={long}
          className="chart-moment"
          role="option"
          aria-selected={isActive && index === shown}
          tabIndex={index === shown ? 0 : -1}
          aria-label={`${long}: ${series.map(({ name, values }) => `${name} ${countText(values[index] ?? 0)}`).join(', ')}`}
          data-active={(isActive && index === shown) || undefined}
          onFocus={() => onActive(index)}
          onPointerEnter={() => onActive(index)}
        >
          <rect className="chart-hit" x={scale.xOf(index)} y={scale.top} width={scale.widthEach} height={scale.bottom - scale.top} rx="4" />
        </g>
      ))}
    </g>
  )
}

function nextIndex(key: string, from: number, count: number): number | undefined {
  const isRightToLeft = document.documentElement.dir === 'rtl'
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: isRightToLeft ? from - 1 : from + 1,
    ArrowLeft: isRightToLeft ? from + 1 : from - 1,
    Home: 0,
    End: count - 1,
  }
  const next = steps[key]
  return next === undefined ? undefined : Math.min(count - 1, Math.max(0, next))
}
