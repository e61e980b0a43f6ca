import type { GatewayOptions } from '#server/domain/gateway-options.ts'
import { type Fetch, HttpProvider } from '../http-provider.ts'
import type { SendResult } from '../send-result.ts'
import type { OutgoingText, SmsGateway } from './sms-gateway.ts'

/** Any provider that takes a text by HTTP. */
export class HttpGateway implements SmsGateway {
  readonly name: string
  readonly perSecond: number
  readonly #provider: HttpProvider

  constructor(options: GatewayOptions, now: () => Date, out?: Fetch) {
    this.name = options.name
    this.perSecond = options.perSecond
    this.#provider = new HttpProvider(options, now, out)
  }

  async send({ to, text, key }: OutgoingText): Promise<SendResult> {
    return this.#provider.ask(key, { to, text })
  }
}
