import type { Locale } from '#contract/locale.ts'
import { type GatewayKind, type GatewayOptions, readGateways } from './gateway-options.ts'

/** A provider of phone calls as an operator describes it. */
export interface VoiceGatewayOptions extends GatewayOptions {
  /** Signs our requests, and proves that its reports are its own. */
  secret: string
  /** It can dial `{extension}` once somebody answers. */
  dialsExtensions: boolean
}

const calls: GatewayKind = { variable: 'VOICE_GATEWAYS', needed: ['{to}', '{callback}'], alsoKnown: ['dialsExtensions'] }

/** As providers name the voice that reads a language. */
const voices: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl-NL', sv: 'sv-SE' }

export function voiceOf(locale: Locale): string {
  return voices[locale]
}

/** Who places calls, tried in this order. */
export function readVoiceGateways(text: string | undefined, problems: string[]): VoiceGatewayOptions[] {
  return readGateways(text, calls, problems).map(({ options, given, say }) => {
    const dialsExtensions = given.get('dialsExtensions') ?? false
    if (typeof dialsExtensions !== 'boolean') say('dialsExtensions is neither true nor false.')
    // Without one anybody who learns an address could report that a phone was answered.
    if (options.secret === undefined) say('secret is missing; its reports are signed with it.')
    return { ...options, secret: options.secret ?? '', dialsExtensions: dialsExtensions === true }
  })
}
