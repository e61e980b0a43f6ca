import { useEffect } from 'react'
import type { MethodKind, SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { serverNow } from '../../kit/session/clock.ts'
import { session } from '../../kit/session/session.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { methods } from '../../methods/index.ts'
import { goTo, leaveStep, type WizardStep } from './address.ts'
import { kinds } from './kinds.ts'
import { NumberWizard } from './number-wizard.tsx'

interface WizardDialogProps {
  step: WizardStep
  info: SecurityInfoBody
  reload: () => void
}

/** Nobody thinks up a password in a hurry. */
const minutesToThinkMs = 2 * 60_000

const titles = {
  phone: { add: 'web.account.security-info.kind.phone', change: 'web.account.security-info.wizard.change-phone' },
  alternatePhone: {
    add: 'web.account.security-info.kind.alternate-phone',
    change: 'web.account.security-info.wizard.change-alternate-phone',
  },
  officePhone: { add: 'web.account.security-info.kind.office-phone', change: 'web.account.security-info.wizard.change-office-phone' },
  email: { add: 'web.account.security-info.kind.email', change: 'web.account.security-info.wizard.change-email' },
  password: { add: 'web.account.security-info.kind.password', change: 'web.account.security-info.wizard.change-password' },
} as const satisfies Record<MethodKind, Record<'add' | 'change', MessageKey>>

/** The steps that make a method one's own, or a word on why there are none. */
export function WizardDialog({ step, info, reload }: WizardDialogProps) {
  const kind = isKind(step.kind) ? step.kind : undefined
  const title = kind ? titles[kind][step.name === 'add' ? 'add' : 'change'] : undefined
  useEffect(() => {
    // An address that somebody mistyped, or something that has gone meanwhile.
    if (!title) leaveStep()
  }, [title])
  if (!kind || !title) return null
  return (
    <Dialog title={message(title)} onClose={leaveStep}>
      <Content step={step} kind={kind} info={info} reload={reload} />
    </Dialog>
  )
}

function Content({ step, kind, info, reload }: WizardDialogProps & { kind: MethodKind }) {
  const method = info.methods.find((one) => one.kind === kind)
  const addable = info.addable.find((one) => one.kind === kind)
  const isAdding = step.name === 'add'
  if (isAdding ? !addable : !method?.canChange) return <NotNow kind={kind} info={info} />

  const replaces = isAdding ? undefined : (method?.detail ?? '')
  const back = () => goTo({ ...step, proofId: undefined }, true)
  const begun = (proofId: string) => goTo({ ...step, proofId }, true)
  const done = (by: string) => goTo({ name: 'done', kind, by }, true)
  const common = { replaces, reload, proofId: step.proofId, onBegun: begun, onBack: back, onClose: leaveStep }
  if (kind === 'email') return <methods.email.Wizard {...common} onDone={() => done('mail')} />
  if (kind === 'password') {
    // What is typed there is kept nowhere, so the new sign-in comes first.
    if (isAdding && !isFresh(info)) return <SignInFirst {...info.freshProof} />
    return <methods.password.Wizard {...common} onDone={() => done(isAdding ? 'first-password' : 'password')} />
  }
  return (
    <NumberWizard
      {...common}
      kind={kind}
      channels={(isAdding ? addable : method)?.channels ?? []}
      isSameNumber={step.name === 'prove'}
      countries={info.countries}
      onDone={done}
    />
  )
}

function isFresh({ freshProof: { heldUntilDateTime } }: SecurityInfoBody): boolean {
  return heldUntilDateTime !== null && Date.parse(heldUntilDateTime) - minutesToThinkMs > serverNow()
}

function SignInFirst({ maxAgeSeconds, acrValues }: SecurityInfoBody['freshProof']) {
  const signIn = () =>
    void session.signIn({ maxAgeSeconds: Math.max(0, maxAgeSeconds - minutesToThinkMs / 1_000), acrValues: acrValues ?? undefined })
  return (
    <>
      <p>{message('web.account.security-info.wizard.sign-in-first')}</p>
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={leaveStep}>
          {message('web.kit.dialog.cancel')}
        </Button>
        <Button onPress={signIn}>{message('web.account.security-info.wizard.sign-in')}</Button>
      </div>
    </>
  )
}

/** Policy changed, or it is there already: the API says which, and what to do. */
function NotNow({ kind, info: { absent, methods: owned } }: { kind: MethodKind; info: SecurityInfoBody }) {
  const because = absent.find((one) => one.kind === kind)?.because ?? owned.find((one) => one.kind === kind)?.unusableBecause
  const canChange = owned.some((one) => one.kind === kind && one.canChange)
  return (
    <>
      <p>{because?.message ?? message('web.account.security-info.wizard.not-now')}</p>
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={leaveStep}>
          {message('web.kit.dialog.close')}
        </Button>
        {canChange && <Button onPress={() => goTo({ name: 'change', kind }, true)}>{message('web.account.security-info.change')}</Button>}
      </div>
    </>
  )
}

function isKind(text: string): text is MethodKind {
  return Object.hasOwn(kinds, text)
}
