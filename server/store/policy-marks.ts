import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { everybody } from '#server/domain/method-policy.ts'
import type { PolicyChange, PolicySide } from '#server/domain/policy-effect.ts'

/** In which way a target counts: on which side of the change, and for what. */
const marks = ['was_in', 'was_for_sign_in', 'was_asked', 'was_out', 'is_in', 'is_for_sign_in', 'is_asked', 'is_out'] as const

export type Mark = (typeof marks)[number]

export interface Marked {
  id: string
  mark: Mark
}

export function marksOf({ before, after }: PolicyChange): Marked[] {
  return [...marksOfSide(before, 'was'), ...marksOfSide(after, 'is')]
}

function marksOfSide({ policy }: PolicySide, side: 'was' | 'is'): Marked[] {
  if (!policy.isEnabled) return []
  return policy.targets.flatMap(({ id, isExcluded, isUsableForSignIn, isRegistrationRequired }): Marked[] => {
    if (isExcluded) return [{ id, mark: `${side}_out` }]
    return [
      { id, mark: `${side}_in` },
      ...(isUsableForSignIn ? [{ id, mark: `${side}_for_sign_in` } as const] : []),
      ...(isRegistrationRequired ? [{ id, mark: `${side}_asked` } as const] : []),
    ]
  })
}

export function eachMark(write: (column: RawBuilder<unknown>, mark: Mark) => RawBuilder<unknown>): RawBuilder<unknown> {
  return sql.join(marks.map((mark) => write(sql.ref(mark), mark)))
}

/** What one side says of a person, from the marks of every target they stand under and whether they hold a licence. */
export function sideOf(marked: readonly Marked[], side: 'was' | 'is', { enforcesLicences }: PolicySide) {
  const isIn = sql<SqlBool>`(${has(`${side}_in`)} and not ${has(`${side}_out`)}${enforcesLicences ? sql` and is_licensed = 1` : sql``})`
  return {
    isIn,
    signsIn: sql<SqlBool>`(${isIn} and ${has(`${side}_for_sign_in`)} and is_guest = 0)`,
    isAsked: sql<SqlBool>`(${isIn} and ${has(`${side}_asked`)})`,
    /** Whether or not they hold one. */
    needsLicence: sql<SqlBool>`(${has(`${side}_in`)} and not ${has(`${side}_out`)} and is_guest = 0)`,
  }

  /** Nobody stands in the group of everybody: whoever it marks, is marked without a row. */
  function has(mark: Mark): RawBuilder<SqlBool> {
    if (marked.some((each) => each.id === everybody && each.mark === mark)) return sql<SqlBool>`1 = 1`
    return sql<SqlBool>`${sql.ref(mark)} = 1`
  }
}
