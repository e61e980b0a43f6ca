import { useEffect } from 'react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { methods } from '../../methods/index.ts'
import { AddDialog } from './add-dialog.tsx'
import { leaveStep, type Step, useStep } from './address.ts'
import { DefaultDialog } from './default-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { DoneDialog } from './done-dialog.tsx'
import { DisableDialog, EnableDialog } from './sms-sign-in-dialogs.tsx'
import { WizardDialog } from './wizard-dialog.tsx'

export interface StepDialogProps {
  info: SecurityInfoBody
  reload: () => void
  onDeleted: () => void
}

/** The dialog the address names. */
export default function StepDialog(props: StepDialogProps) {
  const step = useStep()
  return step ? <DialogOf step={step} {...props} /> : null
}

function DialogOf({ step, info, reload, onDeleted }: StepDialogProps & { step: Step }) {
  switch (step.name) {
    case 'choose':
      return <AddDialog info={info} />
    case 'add':
    case 'change':
    case 'prove':
      return <WizardDialog step={step} info={info} reload={reload} />
    case 'done':
      return <DoneDialog step={step} info={info} />
    case 'default':
      return <DefaultDialog info={info} reload={reload} />
    default:
      return <MethodDialog step={step} info={info} reload={reload} onDeleted={onDeleted} />
  }
}

type MethodStep = Extract<Step, { id: string }>

const { DeleteDialog: DeletePassDialog } = methods['temporary-access-pass']

function MethodDialog({ step, info, reload, onDeleted }: StepDialogProps & { step: MethodStep }) {
  if (step.name === 'delete' && step.id === info.temporaryAccessPass?.id)
    return <DeletePassDialog passId={step.id} {...{ reload, onDeleted }} onClose={leaveStep} />
  const method = info.methods.find(({ id }) => id === step.id)
  if (!method) return <Nothing />
  const common = { method, reload }
  if (step.name === 'delete') return <DeleteDialog {...common} onDeleted={onDeleted} />
  return step.name === 'enable' ? <EnableDialog {...common} /> : <DisableDialog {...common} />
}

/** It was done already, here or in another window: there is nothing left to ask. */
function Nothing() {
  useEffect(leaveStep, [])
  return null
}
