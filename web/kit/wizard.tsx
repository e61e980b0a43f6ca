import { type ReactNode, useEffect, useRef } from 'react'
import { message } from './words/message.ts'
import './wizard.css'

interface WizardStepProps {
  /** Counted from 1. */
  step: number
  of: number
  title: string
  children: ReactNode
}

/** A step of several, inside a dialog. With every new step the focus goes to its title, so that nobody has to look for where they are. */
export function WizardStep({ step, of, title, children }: WizardStepProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current && step > 0) heading.current?.focus()
    isFirst.current = false
  }, [step])
  return (
    <div className="wizard">
      <p className="soft small">{message('web.kit.wizard.step', { step: String(step), of: String(of) })}</p>
      <div className="wizard-way" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          // Steps have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <i key={index} className={index < step ? 'done' : undefined} />
        ))}
      </div>
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {children}
    </div>
  )
}
