import { checkCode, resendCode, startCode, viewChallenge } from './challenge.ts'

export const sms = {
  id: 'sms',
  uses: ['sign-in', 'second-factor', 'password-reset'],
  startCode,
  resendCode,
  checkCode,
  viewChallenge,
} as const
