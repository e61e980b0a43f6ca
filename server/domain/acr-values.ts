/** How strongly somebody signed in, the weakest first: by one factor, by two, by something that no false page can ask for. */
export const acrValues = ['urn:sesam:acr:sfa', 'urn:sesam:acr:mfa', 'urn:sesam:acr:phr'] as const

export function acrOf(methods: readonly string[]): (typeof acrValues)[number] {
  return methods.includes('mfa') ? 'urn:sesam:acr:mfa' : 'urn:sesam:acr:sfa'
}
