import type { ReactNode } from 'react'
import type { NumberToProveBody } from '#contract/graph/own-numbers.ts'
import type { MethodId } from '#contract/method-ids.ts'
import { later } from '../kit/later.tsx'
import type { DeletePassProps } from './temporary-access-pass/delete-pass-dialog.tsx'
import type { PassRowProps } from './temporary-access-pass/pass-row.tsx'

/** How a method has somebody prove a number; what comes before and after is not its concern. */
export interface NumberProof<Channel extends NumberToProveBody['channel']> {
  proof: Extract<NumberToProveBody, { channel: Channel }>
  /** Asks how far it is. */
  onLook: () => void
  /** A call that was answered needs no code. */
  onProven: (code?: string) => Promise<void>
  /** Once more, the same number the same way; anew where this proof is over. */
  onAgain: () => Promise<void>
  /** Buttons for another way and another number. */
  others: ReactNode
}

/** A wizard that stands in a dialog, and whose address says how far it is. */
export interface MethodWizard {
  /** What is there now and will be gone. */
  replaces: string | undefined
  /** What was begun and not yet proven. */
  proofId: string | undefined
  /** Looks again at what there is and what may be. */
  reload: () => void
  onBegun: (proofId: string) => void
  /** Back to the first step. */
  onBack: () => void
  onDone: () => void
  onClose: () => void
}

/** What each method shows to whoever sets it up. All of it comes when it is needed. */
export const methods = {
  sms: { ProveNumber: later<NumberProof<'sms'>>(() => import('./sms/prove-number.tsx')) },
  voice: { ProveNumber: later<NumberProof<'voice'>>(() => import('./voice/prove-number.tsx')) },
  email: { Wizard: later<MethodWizard>(() => import('./email/address-wizard.tsx')) },
  password: { Wizard: later<MethodWizard>(() => import('./password/password-wizard.tsx')) },
  // Somebody else makes it, so there is nothing to set up.
  'temporary-access-pass': {
    Row: later<PassRowProps>(() => import('./temporary-access-pass/pass-row.tsx')),
    DeleteDialog: later<DeletePassProps>(() => import('./temporary-access-pass/delete-pass-dialog.tsx')),
  },
} as const satisfies Record<MethodId, object>
