import { ApiError } from './api-error.ts'

/** Does something, and looks again when the answer is no: what is shown may be older than what was decided elsewhere. */
export async function lookingAgain<T>({ reload }: { reload: () => void }, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ApiError && !error.isPassing) reload()
    throw error
  }
}
