import { codesByText } from './challenge.ts'

export const sms = {
  id: 'sms',
  uses: ['sign-in', 'second-factor', 'password-reset'],
  ...codesByText,
} as const
