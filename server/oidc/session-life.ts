/** How long a session lives that nobody uses, and however much it is used. Phones of front-line people are shared. */
const limits = {
  oneFactor: { idleSeconds: 3_600, absoluteSeconds: 12 * 3_600 },
  twoFactors: { idleSeconds: 3_600, absoluteSeconds: 24 * 3_600 },
}

interface Living {
  loginTs?: number | undefined
  amr?: readonly string[] | undefined
  transient?: boolean | undefined
}

/** From now on. Who chose to stay signed in is not put out for being idle, but no later than anybody else. */
export function sessionSeconds({ loginTs, amr, transient }: Living, now: Date): number {
  const { idleSeconds, absoluteSeconds } = amr?.includes('mfa') ? limits.twoFactors : limits.oneFactor
  const seconds = Math.floor(now.getTime() / 1000)
  const left = (loginTs ?? seconds) + absoluteSeconds - seconds
  return Math.max(1, transient ? Math.min(idleSeconds, left) : left)
}
