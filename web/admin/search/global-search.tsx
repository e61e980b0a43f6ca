import { AppWindow, ArrowRight, Search, User, Users } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { type FoundKind, type FoundOf, useFoundObjects } from '../../kit/api/found-objects.ts'
import { go } from '../../kit/routing/address.ts'
import type { Destination } from '../../kit/shell.tsx'
import { message } from '../../kit/words/message.ts'
import '../../kit/choice.css'
import './global-search.css'

interface Result {
  /** Where it leads. */
  id: string
  icon: typeof User
  text: string
  detail?: string | undefined
}

const kinds = ['user', 'group', 'app'] as const
const faces = {
  user: { icon: User, at: '/admin/users' },
  group: { icon: Users, at: '/admin/groups' },
  app: { icon: AppWindow, at: '/admin/apps' },
} as const satisfies Record<FoundKind, object>

/** Finds people, groups, apps and pages from wherever one is; a slash leads here. */
export default function GlobalSearch({ destinations }: { destinations: readonly Destination[] }) {
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const found = useFoundObjects(typed, kinds)
  useSlash(input)
  const results = typed.trim() === '' ? [] : [...pagesNamed(typed, destinations), ...found.map(resultOf), everybodyNamed(typed)]
  const follow = (key: unknown) => {
    if (typeof key !== 'string') return
    setTyped('')
    go(key)
  }
  return (
    <ComboBox
      className="global-search"
      items={results}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={follow}
      allowsCustomValue
      menuTrigger="input"
    >
      <Label className="unseen">{message('web.admin.search.label')}</Label>
      <Search className="icon" aria-hidden="true" />
      <Input ref={input} className="global-search-input" placeholder={message('web.admin.search.short')} aria-keyshortcuts="/" />
      <span className="slash" aria-hidden="true">
        /
      </span>
      <Popover className="popover">
        {/* It stands at the end of the page, outside of all its landmarks. */}
        <section aria-label={message('web.admin.search.results')}>
          <ListBox<Result> className="options">
            {({ id, icon: Icon, text, detail }) => (
              <ListBoxItem id={id} textValue={text} className="option">
                <Icon className="icon" aria-hidden="true" />
                <span className="option-text">
                  {text} {detail && <span className="soft small">{detail}</span>}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  )
}

function pagesNamed(typed: string, destinations: readonly Destination[]): Result[] {
  const wanted = typed.trim().toLocaleLowerCase()
  return destinations
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
    .map(({ path, label, icon }) => ({ id: path, icon: icon ?? ArrowRight, text: label, detail: message('web.admin.search.page') }))
}

function resultOf({ id, kind, name, detail }: FoundOf<FoundKind>): Result {
  return { id: `${faces[kind].at}/${id}`, icon: faces[kind].icon, text: name, detail }
}

/** More than a few are a list of their own. */
function everybodyNamed(typed: string): Result {
  const address = `/admin/users?search=${encodeURIComponent(typed.trim())}`
  return { id: address, icon: Search, text: message('web.admin.search.everybody', { typed: typed.trim() }) }
}

/** The slash is a letter like any other where somebody types. */
function useSlash(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping = target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [input])
}
