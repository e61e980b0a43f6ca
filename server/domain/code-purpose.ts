/** What a one-time code is for. A code of one purpose opens nothing of another. */
export type CodePurpose = 'sign-in' | 'second-factor' | 'password-reset' | 'add-phone' | 'add-email' | 'step-up'
