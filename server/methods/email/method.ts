import { codesByMail } from './challenge.ts'

/** A mailbox often opens with the very password that somebody lost, so it proves nothing beside a password, and names nobody. */
export const email = {
  id: 'email',
  uses: ['password-reset'],
  ...codesByMail,
} as const
