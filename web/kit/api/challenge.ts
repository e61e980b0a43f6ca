/** What an API asks of the person before it does what was asked (RFC 9470). */
export interface StepUp {
  maxAgeSeconds: number | undefined
  acrValues: string | undefined
}

/** Undefined when the answer asks for no fresher or stronger proof. */
export function stepUpIn(header: string | null): StepUp | undefined {
  if (!header || parameter(header, 'error') !== 'insufficient_user_authentication') return undefined
  const age = parameter(header, 'max_age')
  return { maxAgeSeconds: age === undefined ? undefined : Number(age), acrValues: parameter(header, 'acr_values') }
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`[\\s,]${name}=(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(header)
  return found?.[1] ?? found?.[2]
}
