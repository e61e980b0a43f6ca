import { securityInfo } from '#contract/graph/security-info.ts'
import { one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { presentSecurityInfo } from './present-security-info.ts'
import { freshProofOf, readSecurityInfo } from './read-security-info.ts'

/** What the pages of My Account ask, in one answer for each. */
export const securityInfoRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/securityInfo',
    permission: 'methods.read-own',
    summary: 'Read all of one’s own security info: what there is, what can be added or deleted, and why not',
    answers: { status: 200, schema: securityInfo },
    handle: async (call) => {
      const { system, caller, locale } = call
      const info = await readSecurityInfo(system, caller)
      return one(call, 'me/securityInfo', presentSecurityInfo(info, freshProofOf(caller, system.now()), locale))
    },
  }),
]
