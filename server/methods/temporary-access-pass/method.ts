import { checkPaidPass } from './check-pass.ts'
import { issuePass } from './issue-pass.ts'
import { withdrawPass } from './withdraw-pass.ts'

/** It opens the door by itself, as two factors, and proves nothing to whoever forgot a password. */
export const pass = { id: 'temporary-access-pass', uses: ['sign-in', 'second-factor'], issuePass, withdrawPass, checkPaidPass } as const
