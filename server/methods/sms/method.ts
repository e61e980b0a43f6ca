import { checkCode, resendCode, startCode, viewChallenge } from './challenge.ts'
import { endPause } from './end-pause.ts'

export const sms = {
  id: 'sms',
  uses: ['sign-in', 'second-factor', 'password-reset'],
  startCode,
  resendCode,
  checkCode,
  viewChallenge,
  endPause,
} as const
