import { countText } from '../../../kit/words/numbers.ts'
import './chart.css'

export interface Bar {
  name: string
  value: number
  /** How much of it is of a kind, such as answered: filled, where the rest is only outlined. */
  part?: number
  /** What stands at the end of its line; the value alone, unless said. */
  text?: string
}

const barHeight = 18

/** A length for each of a few things. Their values stand beside them as text, so the bars only help the eye. */
export function Bars({ label, bars, of }: { label: string; bars: readonly Bar[]; of?: number }) {
  const largest = Math.max(1, of ?? 0, ...bars.map(({ value }) => value))
  const share = (value: number) => `${(100 * value) / largest}%`
  return (
    <div className="chart">
      <ul className="chart-bars" aria-label={label}>
        {bars.map(({ name, value, part = value, text }) => (
          <li key={name}>
            <span>{name}</span>
            <span className="chart-value">{text ?? countText(value)}</span>
            <svg height={barHeight} aria-hidden="true">
              <rect className="chart-track" width="100%" height={barHeight} rx="4" />
              <rect className="chart-grow chart-rest" width={share(value)} height={barHeight} rx="4" />
              <rect className="chart-grow chart-fill-0" width={share(part)} height={barHeight} rx="4" />
            </svg>
          </li>
        ))}
      </ul>
    </div>
  )
}
