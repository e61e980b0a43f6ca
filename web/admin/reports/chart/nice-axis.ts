/** The values at the lines of an axis: whole, round, and from nothing to at least the largest. */
export function niceAxis(largest: number, linesMax = 4): readonly number[] {
  const rough = Math.max(1, largest) / linesMax
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? 1)
  const lines = Math.max(1, Math.ceil(largest / step))
  return Array.from({ length: lines + 1 }, (_, index) => index * step)
}

/** Which of so many labels are written, so that each has room: the last one always, and others at even distances before it. */
export function labelledAt(count: number, widthEach: number, labelWidth: number): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil(labelWidth / widthEach))
  const shown = new Set<number>()
  for (let index = count - 1; index >= 0; index -= every) shown.add(index)
  return shown
}
