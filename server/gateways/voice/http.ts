import { type VoiceGatewayOptions, voiceOf } from '#server/domain/voice-gateway-options.ts'
import { type Fetch, HttpProvider } from '../http-provider.ts'
import type { SendResult } from '../send-result.ts'
import type { OutgoingCall, VoiceGateway } from './voice-gateway.ts'

/** Any provider that places a call by HTTP and reports what became of it. */
export class HttpVoiceGateway implements VoiceGateway {
  readonly name: string
  readonly perSecond: number
  readonly dialsExtensions: boolean
  readonly secret: string
  readonly #provider: HttpProvider

  constructor(options: VoiceGatewayOptions, now: () => Date, out?: Fetch) {
    this.name = options.name
    this.perSecond = options.perSecond
    this.dialsExtensions = options.dialsExtensions
    this.secret = options.secret
    this.#provider = new HttpProvider(options, now, out)
  }

  async place({ to, extension = '', locale, sentences, reportsTo, key }: OutgoingCall): Promise<SendResult> {
    return this.#provider.ask(key, { to, extension, language: voiceOf(locale), text: sentences.join('\n'), callback: reportsTo })
  }
}
