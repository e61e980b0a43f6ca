/** What people prove themselves with; each is a folder under `server/methods`. */
export const methodIds = ['sms'] as const

export type MethodId = (typeof methodIds)[number]
