/** Whether what is handed to a gateway is taken, since it was set up as it is. */
export interface GatewayHealth {
  workedFirstAt: Date | undefined
  workedAt: Date | undefined
  failedAt: Date | undefined
  /** Why, the last time: a status, or what Node calls it. */
  failure: string | undefined
}
