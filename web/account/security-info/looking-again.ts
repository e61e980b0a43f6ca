import { ApiError } from '../../kit/api/api-error.ts'
import type { Resource } from '../../kit/api/use-resource.ts'

/** Does something, and looks again when the answer is no: what is shown may be older than what was decided elsewhere. */
export async function lookingAgain<T>({ reload }: Pick<Resource<unknown>, 'reload'>, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ApiError && !error.isPassing) reload()
    throw error
  }
}
