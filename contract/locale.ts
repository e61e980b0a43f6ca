export const locales = ['en', 'nl', 'sv'] as const

export type Locale = (typeof locales)[number]
