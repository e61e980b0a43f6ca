import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { message } from './words/message.ts'
import './button.css'

/** One `main` button on a page or in a dialog; the rest is `quiet`, or `plain` where it stands in text. */
export type ButtonKind = 'main' | 'quiet' | 'plain' | 'danger'

interface ButtonProps
  extends Pick<AriaButtonProps, 'onPress' | 'type' | 'isDisabled' | 'autoFocus' | 'aria-label' | 'aria-describedby' | 'slot'> {
  kind?: ButtonKind
  /** It was pressed and the answer is not there yet: it keeps the focus and takes no more presses. */
  isBusy?: boolean
  icon?: ReactNode
  children?: ReactNode
}

export function Button({ kind = 'main', isBusy = false, icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} isPending={isBusy} className={`button ${kind}`}>
      {isBusy ? <Spinner /> : icon}
      {children}
    </AriaButton>
  )
}

function Spinner() {
  return <span className="spinner" role="img" aria-label={message('web.kit.button.busy')} />
}
