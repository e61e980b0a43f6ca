/** Why a request came to nothing, in words that can be shown as they are. */
export class ApiError extends Error {
  /** A row of contract/refusals.ts, or `unreachable` when no answer came. */
  readonly code: string
  /** 0 when no answer came. */
  readonly status: number
  /** Which property of what was sent is meant. */
  readonly property: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** Finds the request in the server's log. */
  readonly supportId: string | undefined

  constructor(
    message: string,
    told: {
      code: string
      status: number
      property?: string | undefined
      retryAfterSeconds?: number | undefined
      supportId?: string | undefined
    },
  ) {
    super(message)
    this.name = 'ApiError'
    this.code = told.code
    this.status = told.status
    this.property = told.property
    this.retryAfterSeconds = told.retryAfterSeconds
    this.supportId = told.supportId
  }

  /** The server is down, or the network: trying again is worth it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

interface GraphError {
  error?: { message?: string; details?: { code?: string; target?: string }[]; innerError?: Record<string, string> }
}

/** Reads an answer that says no. Its words are in the person's language already. */
export async function errorOf(response: Response, otherwise: string): Promise<ApiError> {
  const { error }: GraphError = await response.json().catch(() => ({}))
  const [detail] = error?.details ?? []
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiError(error?.message ?? otherwise, {
    code: detail?.code ?? 'internal_error',
    status: response.status,
    property: detail?.target,
    retryAfterSeconds: Number.isFinite(wait) ? wait : undefined,
    supportId: response.headers.get('request-id') ?? error?.innerError?.['request-id'],
  })
}
