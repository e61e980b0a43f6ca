import type { MessageKey } from '../../kit/words/message.ts'

/** Where an app runs, by the names Graph has for it. */
export const platforms = ['web', 'spa', 'publicClient'] as const

export type Platform = (typeof platforms)[number]

export const platformWords = {
  web: { label: 'web.admin.apps.platform.web', told: 'web.admin.apps.platform.web-told' },
  spa: { label: 'web.admin.apps.platform.spa', told: 'web.admin.apps.platform.spa-told' },
  publicClient: { label: 'web.admin.apps.platform.publicClient', told: 'web.admin.apps.platform.publicClient-told' },
} as const satisfies Record<Platform, { label: MessageKey; told: MessageKey }>

export const audienceWords = {
  AzureADMyOrg: 'web.admin.apps.audience.AzureADMyOrg',
  AzureADMultipleOrgs: 'web.admin.apps.audience.AzureADMultipleOrgs',
} as const
