export interface TallyTables {
  tallies: { tenant_id: string; subject: string; hour: number; name: string; outcome: string; count: number }
  tally_marks: { tenant_id: string; subject: string; until: number }
}
