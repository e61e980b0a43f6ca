/** Numbers that Dutch mobile networks have. */
export function numberOf(index: number): string {
  return `+316${String(10_000_000 + index)}`
}
