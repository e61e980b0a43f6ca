/** So many wrong passwords in a row, and the next ones have to wait. */
export const wrongPasswordsMax = 10

/** A wrong password that is tried again counts once while it is among the last so many. */
export const rememberedMax = 3

const second = 1_000
const minute = 60 * second

/** How long the one after the last that was free has to wait, and each one after it: twice as long every time, half an hour at most. */
export const waitsMs: readonly number[] = [minute, 2 * minute, 4 * minute, 8 * minute, 16 * minute, 30 * minute]
