import { Building2, History, House, KeyRound, Languages, MonitorSmartphone, ShieldCheck } from 'lucide-react'
import './account.css'
import { startApp } from '../kit/start-app.tsx'

void startApp({
  name: 'web.account.name',
  pages: [
    { path: '', label: 'web.account.overview.label', icon: House, load: () => import('./overview/page.tsx') },
    {
      path: '/security-info',
      label: 'web.account.security-info.label',
      icon: ShieldCheck,
      load: () => import('./security-info/page.tsx'),
    },
    { path: '/password', label: 'web.account.password.label', icon: KeyRound, load: () => import('./password/page.tsx') },
    { path: '/activity', label: 'web.account.activity.label', icon: History, load: () => import('./activity/page.tsx') },
    { path: '/devices', label: 'web.account.devices.label', icon: MonitorSmartphone, load: () => import('./devices/page.tsx') },
    { path: '/organisations', label: 'web.account.organisations.label', icon: Building2, load: () => import('./organisations/page.tsx') },
    { path: '/language', label: 'web.account.language.label', icon: Languages, load: () => import('./language/page.tsx') },
  ],
})
