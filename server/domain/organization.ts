import type { Locale } from '#contract/locale.ts'

export interface Domain {
  name: string
  isDefault: boolean
  isInitial: boolean
  isVerified: boolean
  authenticationType: 'Managed' | 'Federated'
}

/** A tenant as its own people know it. */
export interface Organization {
  id: string
  displayName: string
  defaultCountry: string | undefined
  languages: readonly Locale[]
  technicalMails: readonly string[]
  createdAt: Date
}
