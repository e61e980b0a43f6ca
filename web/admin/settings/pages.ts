import { Settings } from 'lucide-react'
import type { AppPage } from '../../kit/app-pages.tsx'

export const settingsPages: readonly AppPage[] = [
  {
    path: '/settings',
    group: 'web.admin.navigation.organisation',
    label: 'web.admin.settings.label',
    icon: Settings,
    load: () => import('./page.tsx'),
  },
  { path: '/settings/sms', load: () => import('./sms/page.tsx') },
  { path: '/settings/calls', load: () => import('./calls/page.tsx') },
  { path: '/settings/mail', load: () => import('./mail/page.tsx') },
  { path: '/settings/countries', load: () => import('./countries/page.tsx') },
  { path: '/settings/sign-in', load: () => import('./sign-in/page.tsx') },
  { path: '/settings/licences', load: () => import('./licences/page.tsx') },
  { path: '/settings/staff', load: () => import('./staff/page.tsx') },
  { path: '/settings/branding', load: () => import('./branding/page.tsx') },
  { path: '/settings/organisation', load: () => import('./organisation/page.tsx') },
]
