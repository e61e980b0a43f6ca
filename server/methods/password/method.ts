import { checkPaidPassword, checkPassword } from './check-password.ts'
import { judgeNewPassword, requireGoodPassword } from './judge-password.ts'
import { addPassword, setPassword } from './set-password.ts'

export const password = {
  id: 'password',
  uses: ['sign-in'],
  checkPassword,
  checkPaidPassword,
  judgeNewPassword,
  requireGoodPassword,
  setPassword,
  addPassword,
} as const
