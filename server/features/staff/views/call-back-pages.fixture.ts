import type { Locale } from '#contract/locale.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import type { Page } from '#server/http/page.ts'
import { agreedView, callBackView, overView, refusedView } from './call-back-view.ts'

/** Every page behind the text to an old number, with as much on it as there can be; `theirs` is what somebody else chose. */
export function callBackPages(locale: Locale, theirs: string): Readonly<Record<string, Page>> {
  const setting = { locale, organisationName: theirs, brand: { colour: undefined, logo: undefined, note: theirs } }
  const [oldNumber, newNumber] = ['+31612345678', '+31687654321'].map(canonicalNumber)
  const model = { ...setting, address: `/c/${'A'.repeat(43)}` }
  const question = { oldNumber: oldNumber ?? canonicalNumber('+31612345678'), managerName: theirs }
  return {
    replace: callBackView({ ...model, question: { ...question, change: 'replace', newNumber }, fault: undefined }),
    remove: callBackView({ ...model, question: { ...question, change: 'remove', newNumber: undefined }, fault: 1 }),
    empty: callBackView({ ...model, question: { ...question, change: 'remove', newNumber: undefined }, fault: 'empty' }),
    agreed: agreedView(setting),
    refused: refusedView(setting),
    over: overView(setting),
  }
}
