import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import type { OwnMethodBody, SecondStepBody, SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { Locale } from '#contract/locale.ts'
import type { SecondFactor } from '#server/domain/default-method.ts'
import { graphNumber } from '#server/domain/phone-number.ts'
import type { Offer } from '#server/domain/sms-sign-in-offer.ts'
import type { Deletion, NumberSignIn, OwnMethod } from './entry.ts'
import type { FreshProof, SecurityInfo } from './read-security-info.ts'
import { toPassReason, toReason } from './words.ts'

export function presentSecurityInfo(info: SecurityInfo, proof: FreshProof, locale: Locale): SecurityInfoBody {
  const { organization, entries, choices, chosen, effective, offer, countries, note } = info
  return {
    id: 'securityInfo',
    organization: {
      id: organization.id,
      displayName: organization.displayName,
      technicalNotificationMails: [...organization.technicalMails],
      note: note ?? null,
    },
    freshProof: {
      heldUntilDateTime: proof.heldUntil?.toISOString() ?? null,
      maxAgeSeconds: proof.maxAgeSeconds,
      acrValues: proof.acrValues ?? null,
    },
    methods: entries.flatMap(({ method }) => (method ? [presentMethod(method, info, locale)] : [])),
    temporaryAccessPass: presentPass(info.pass, locale),
    addable: entries.flatMap(({ kind, addable }) => ('channels' in addable ? [{ kind, channels: [...addable.channels] }] : [])),
    absent: entries.flatMap(({ kind, addable }) => ('because' in addable ? [{ kind, because: toReason(addable.because, locale) }] : [])),
    defaultMethod: {
      chosen: chosen ?? null,
      effective: effective ?? null,
      canChange: choices.some(({ method }) => method !== effective?.method),
    },
    defaultChoices: [...choices],
    smsSignInOffer: presentOffer(offer),
    countries: {
      default: countries.default ?? null,
      sms: [...countries.sms],
      voice: [...countries.voice],
      callingCodes: [...countries.callingCodes],
    },
  }
}

function presentPass(held: SecurityInfo['pass'], locale: Locale): SecurityInfoBody['temporaryAccessPass'] {
  if (!held) return null
  const { id, startsAt, expiresAt, isOnce } = held.pass
  return {
    id,
    startDateTime: startsAt.toISOString(),
    expiresDateTime: expiresAt.toISOString(),
    isUsableOnce: isOnce,
    because: held.state === 'EnabledByPolicy' ? null : toPassReason(held.state, locale),
  }
}

function presentMethod(method: OwnMethod, { choices, effective }: SecurityInfo, locale: Locale): OwnMethodBody {
  const { id, kind, detail, createdAt, usedAt, uses, secondSteps, canChange, channels, unusableBecause, deletion, smsSignIn } = method
  return {
    id,
    kind,
    detail: detail ?? null,
    createdDateTime: createdAt?.toISOString() ?? null,
    lastUsedDateTime: usedAt?.toISOString() ?? null,
    uses: [...uses],
    isDefault: secondSteps.some((step) => step.method === effective?.method),
    canChange,
    channels: [...channels],
    unusableBecause: unusableBecause === undefined ? null : toReason(unusableBecause, locale),
    deletion: deletion ? presentDeletion(deletion, choices, locale) : null,
    smsSignIn: smsSignIn ? presentSignIn(smsSignIn, locale) : null,
  }
}

function presentDeletion({ kind, movesTo, endsSignIn, because }: Deletion, choices: readonly SecondStepBody[], locale: Locale) {
  return { kind, movesTo: stepOf(movesTo, choices), endsSignIn, because: because === undefined ? null : toReason(because, locale) }
}

function stepOf(wanted: SecondFactor | undefined, choices: readonly SecondStepBody[]): SecondStepBody | null {
  return choices.find(({ method }) => method === wanted) ?? null
}

function presentSignIn({ because, ...signIn }: NumberSignIn, locale: Locale) {
  return { ...signIn, because: because === undefined ? null : toReason(because, locale) }
}

function presentOffer({ phone, canEnable, showsBanner }: Offer): SecurityInfoBody['smsSignInOffer'] {
  if (!phone || !canEnable) return null
  return { methodId: phoneMethodIds.mobile, detail: graphNumber(phone.number), showsBanner }
}
