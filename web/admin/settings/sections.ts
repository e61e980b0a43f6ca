import type { MessageKey } from '../../kit/words/message.ts'

interface Section {
  path: string
  label: MessageKey
  lead: MessageKey
}

/** In the order in which an organisation is set up. */
export const sections: readonly Section[] = [
  { path: 'sms', label: 'web.admin.settings.sms.label', lead: 'web.admin.settings.sms.lead' },
  { path: 'calls', label: 'web.admin.settings.calls.label', lead: 'web.admin.settings.calls.lead' },
  { path: 'mail', label: 'web.admin.settings.mail.label', lead: 'web.admin.settings.mail.lead' },
  { path: 'countries', label: 'web.admin.settings.countries.label', lead: 'web.admin.settings.countries.lead' },
  { path: 'sign-in', label: 'web.admin.settings.sign-in.label', lead: 'web.admin.settings.sign-in.lead' },
  { path: 'licences', label: 'web.admin.settings.licences.label', lead: 'web.admin.settings.licences.lead' },
  { path: 'staff', label: 'web.admin.settings.staff.label', lead: 'web.admin.settings.staff.lead' },
  { path: 'branding', label: 'web.admin.settings.branding.label', lead: 'web.admin.settings.branding.lead' },
  { path: 'organisation', label: 'web.admin.settings.organisation.label', lead: 'web.admin.settings.organisation.lead' },
]
