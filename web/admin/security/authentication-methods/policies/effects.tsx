import { type ReactNode, useState } from 'react'
import type { PolicyEffect } from '#contract/graph/policy-effects.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Disclosure } from '../../../../kit/disclosure.tsx'
import { countMessage, message } from '../../../../kit/words/message.ts'
import { countText } from '../../../../kit/words/numbers.ts'
import type { Preview } from './use-preview.ts'

interface EffectsProps {
  preview: Preview
  /** Who stands behind a count. */
  list?: (effect: PolicyEffect, label: string) => ReactNode
}

/** What hurts most comes first. */
const words = {
  losesOnlyWayIn: 'web.admin.policies.effect.losesOnlyWayIn',
  losesSmsSignIn: 'web.admin.policies.effect.losesSmsSignIn',
  losesUserName: 'web.admin.policies.effect.losesUserName',
  losesMethod: 'web.admin.policies.effect.losesMethod',
  gainsMethod: 'web.admin.policies.effect.gainsMethod',
  gainsSmsSignIn: 'web.admin.policies.effect.gainsSmsSignIn',
  becomesAsked: 'web.admin.policies.effect.becomesAsked',
} as const satisfies Record<PolicyEffect, string>

const inOrder = [
  'losesOnlyWayIn',
  'losesSmsSignIn',
  'losesUserName',
  'losesMethod',
  'gainsMethod',
  'gainsSmsSignIn',
  'becomesAsked',
] as const satisfies readonly PolicyEffect[]

/** Who gains and who loses what. */
export function Effects({ preview, list }: EffectsProps) {
  const { effects, isExact } = preview
  const there = inOrder.filter((effect) => effects[effect] > 0)
  if (there.length === 0) return <p>{message(isExact ? 'web.admin.policies.effect.none' : 'web.admin.policies.effect.none-yet')}</p>
  return (
    <div className="stack">
      {effects.losesOnlyWayIn > 0 && (
        <Banner tone="bad" isNews>
          {message('web.admin.policies.effect.warning')}
        </Banner>
      )}
      <ul className="policy-effects">
        {there.map((effect) => {
          const said = effectWords(effect, preview)
          return (
            <li key={effect} data-loss={effect.startsWith('loses') || undefined}>
              {list ? <Opened title={said}>{() => list(effect, said)}</Opened> : said}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** A list is asked for when somebody opens it. */
function Opened({ title, children }: { title: string; children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Disclosure title={title} isOpen={isOpen} onOpenChange={setOpen}>
      {isOpen && children()}
    </Disclosure>
  )
}

function effectWords(effect: PolicyEffect, { effects, isExact }: Preview): string {
  return countMessage(words[effect], effects[effect], { count: atLeast(effects[effect], isExact) })
}

/** How many licences the policy asks for, and how many there are. */
export function LicenceNumbers({ preview }: { preview: Pick<Preview, 'inScope' | 'licensed' | 'short' | 'isScopeExact'> }) {
  const { inScope, licensed, short, isScopeExact } = preview
  return (
    <p className="policy-licences" data-short={short > 0 || undefined}>
      {message('web.admin.policies.licence.numbers', {
        inScope: atLeast(inScope, isScopeExact),
        licensed: countText(licensed),
        short: countText(short),
      })}
    </p>
  )
}

function atLeast(count: number, isExact: boolean): string {
  return isExact ? countText(count) : message('web.admin.policies.at-least', { count: countText(count) })
}
