import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type CallModel, callParts } from './call-parts.ts'
import { stepPage } from './form.ts'
import { aboveSecond, belowSecond, type SecondStep } from './second-frame.ts'

export interface SecondCallModel extends SecondStep, CallModel {}

export function secondCallView(model: SecondCallModel): Page {
  const { heading, isGood, main } = callParts(model)
  return stepPage(
    model,
    heading,
    html`${aboveSecond(model)}${main}
${belowSecond(model)}`,
    !isGood,
  )
}
