import type { MethodId } from '#contract/method-ids.ts'
import { email } from './email/method.ts'
import type { Method } from './method.ts'
import { password } from './password/method.ts'
import { sms } from './sms/method.ts'
import { pass } from './temporary-access-pass/method.ts'
import { voice } from './voice/method.ts'

/** Every method there is; an id without its row does not compile. */
export const methods = { sms, voice, email, password, 'temporary-access-pass': pass } satisfies { [Id in MethodId]: Method<Id> }
