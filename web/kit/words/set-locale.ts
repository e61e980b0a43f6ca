import type { Locale } from '#contract/locale.ts'
import { ApiError } from '../api/api-error.ts'
import { forgetResources } from '../api/resources.ts'
import { speak } from './locale.ts'
import { message } from './message.ts'

/** Every page says the same from here on, and so does the next one this browser opens. Throws an `ApiError` where the words do not come. */
export async function setLocale(wanted: Locale): Promise<void> {
  try {
    await speak(wanted)
  } catch {
    throw new ApiError(message('web.kit.api.unreachable'), { code: 'unreachable', status: 0 })
  }
  // What the API said, it said in the language of before.
  forgetResources()
}
