import { z } from 'zod'

/** What is pressed on the phone of an evaluation. */
export const pressedKeys = z.strictObject({ keys: z.string().regex(/^[0-9*#]{1,32}$/, { message: '0 to 9, * and #' }) })
