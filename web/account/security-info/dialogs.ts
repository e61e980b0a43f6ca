import { later } from '../../kit/later.tsx'
import type { StepDialogProps } from './step-dialog.tsx'

/** Whatever opens above the list. It comes as soon as somebody is about to need it. */
export const Dialogs = later<StepDialogProps>(() => import('./step-dialog.tsx'))
