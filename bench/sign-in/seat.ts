/** Where a server of this bench sits; it is told on its command line. */
export interface Seat {
  port: number
  /** Where it hands over codes instead of sending texts. */
  codePort: number
  dataDirectory: string
  databaseUrl: string | undefined
  masterKey: string
  /** How the people and the app call it; with several servers, all by one name. */
  publicUrl: string
  tenantId: string
  clientId: string
  people: number
  /** Count what is made durable, and say it in the end. */
  counts: boolean
}

export function readSeat(): Seat {
  // The parent, contenders.ts, wrote it.
  return JSON.parse(process.argv[2] ?? '{}') as Seat
}

/** A server of this bench answers this before anything is measured. */
export const readyPath = '/health/live'
