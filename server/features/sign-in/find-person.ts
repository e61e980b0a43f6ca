import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { findSignIn, type SignInByNumber } from '#server/domain/sms-sign-in.ts'
import { findUnfinishedSignIn } from '#server/domain/unfinished-sign-in.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'signInSettings' | 'organization' | 'now'> & Pick<Stores, 'phones' | 'users' | 'methodPolicies'>

export interface PersonByNumber extends SignInByNumber {
  /** The number was to be a user name and did not become one yet; whoever proves it is asked whether it shall. */
  isUnfinished: boolean
}

/** Whom a number names here. Both questions are asked of every number, so that an answer takes as long whatever it is. */
export async function findPerson(parts: Needs, number: PhoneNumber): Promise<PersonByNumber | undefined> {
  const settings = { get: async () => parts.signInSettings }
  const named = await findSignIn(parts, number, parts.now())
  const unfinished = await findUnfinishedSignIn({ ...parts, settings }, number, parts.now())
  if (named) return { ...named, isUnfinished: false }
  return unfinished && { ...unfinished, isUnfinished: true }
}
