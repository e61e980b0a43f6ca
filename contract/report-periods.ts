/** How far back a report of counts looks: one day hour by hour, or days. */
export const reportPeriods = { D1: 1, D7: 7, D30: 30, D90: 90 } as const

export type ReportPeriod = keyof typeof reportPeriods
