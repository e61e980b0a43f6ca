import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import './disclosure.css'

interface DisclosureProps {
  title: ReactNode
  children: ReactNode
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
}

/** More about something, behind a caret. */
export function Disclosure({ title, children, isOpen, onOpenChange }: DisclosureProps) {
  return (
    <AriaDisclosure {...(isOpen !== undefined && { isExpanded: isOpen })} {...(onOpenChange && { onExpandedChange: onOpenChange })}>
      <Button slot="trigger" className="disclosure-button">
        <ChevronDown className="icon" aria-hidden="true" />
        {title}
      </Button>
      <DisclosurePanel className="disclosure-panel">
        <div>{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  )
}
