import type { ReactNode } from 'react'
import { Page } from '../../kit/page.tsx'
import { SectionLinks } from '../../kit/section-links.tsx'
import { message } from '../../kit/words/message.ts'
import { sections } from './sections.ts'
import './settings.css'

interface SettingsPageProps {
  section: string
  children: ReactNode
}

/** A section of the settings, below the links to all of them. */
export function SettingsPage({ section, children }: SettingsPageProps) {
  const here = sections.find(({ path }) => path === section)
  return (
    <Page title={message(here?.label ?? 'web.admin.settings.label')} {...(here && { lead: message(here.lead) })}>
      <div className="settings-links">
        <SectionLinks
          label={message('web.admin.settings.label')}
          sections={sections.map(({ path, label }) => ({ to: `/admin/settings/${path}`, text: message(label) }))}
        />
      </div>
      <div className="settings">{children}</div>
    </Page>
  )
}
