import { LogOut } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { type Locale, locales } from '#contract/locale.ts'
import { Button } from './button.tsx'
import { session } from './session/session.ts'
import { setting } from './setting.ts'
import { nameOfLanguage, useLocale } from './words/locale.ts'
import { message } from './words/message.ts'
import { setLocale } from './words/set-locale.ts'
import './choice.css'

/** Who is signed in, in which language, and the way out. */
export function PersonMenu() {
  const { name, username } = session.person
  const [initial] = new Intl.Segmenter().segment(name)
  return (
    <DialogTrigger>
      <AriaButton className="person-button" aria-label={message('web.kit.person-menu.label', { name })}>
        {/* Drawn by the stylesheet: as text it would have to be part of what the button is called. */}
        <span className="initial" aria-hidden="true" data-initial={initial?.segment.toUpperCase()} />
        <bdi className="name">{name}</bdi>
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog className="person-card" aria-label={message('web.kit.person-menu.label', { name })}>
          <div className="who">
            <p>
              <b>
                <bdi>{name}</bdi>
              </b>
            </p>
            <p className="soft small">
              <bdi>{username}</bdi>
            </p>
          </div>
          <Languages />
          <Button kind="quiet" icon={<LogOut className="icon" aria-hidden="true" />} onPress={() => session.signOut()}>
            {message('web.kit.person-menu.sign-out')}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Languages() {
  const current = useLocale()
  const offered = locales.filter((one) => setting().languages.includes(one))
  if (offered.length < 2) return null
  return (
    <fieldset className="languages">
      <legend className="unseen">{message('web.kit.person-menu.language')}</legend>
      {offered.map((one: Locale) => (
        <AriaButton key={one} className="button quiet" lang={one} aria-pressed={one === current} onPress={() => void setLocale(one)}>
          {nameOfLanguage(one)}
        </AriaButton>
      ))}
    </fieldset>
  )
}
