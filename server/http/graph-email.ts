import { type EmailMethodBody, emailMethodId } from '#contract/graph/email-methods.ts'
import { maskedAddress, shownAddress } from '#server/domain/email-address.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import { refuse } from '#server/domain/refusal.ts'

export function presentEmail({ address, createdAt }: EmailMethod, isWhole: boolean): EmailMethodBody {
  return {
    id: emailMethodId,
    emailAddress: isWhole ? shownAddress(address) : maskedAddress(address),
    createdDateTime: createdAt.toISOString(),
  }
}

/** Any other id is nothing that exists. */
export function requireEmailId(id: string | undefined): void {
  if (id?.toLowerCase() !== emailMethodId) refuse('object_not_found', { id: id ?? '' })
}
