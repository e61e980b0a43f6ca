import { AppWindow, BadgeCheck, Building2, ChartColumn, House, KeyRound, LogIn, ScrollText, Shield, Users, UsersRound } from 'lucide-react'
import { later } from '../kit/later.tsx'
import { startApp } from '../kit/start-app.tsx'
import { settingsPages } from './settings/pages.ts'

const group = () => import('./groups/group-page.tsx')
const unit = () => import('./units/unit-page.tsx')
const apps = () => import('./apps/page.tsx')
const app = () => import('./apps/app-page.tsx')
const profile = () => import('./users/person/profile/page.tsx')

const monitoring = 'web.admin.navigation.monitoring'

void startApp({
  name: 'web.admin.name',
  search: later(() => import('./search/global-search.tsx')),
  pages: [
    { path: '', label: 'web.admin.home.label', icon: House, load: () => import('./home/page.tsx') },
    { path: '/users', label: 'web.admin.users.label', icon: Users, load: () => import('./users/page.tsx') },
    { path: '/users/deleted', load: () => import('./users/deleted/page.tsx') },
    { path: '/users/import', load: () => import('./users/import/page.tsx') },
    { path: '/users/export', load: () => import('./users/export/page.tsx') },
    { path: '/users/:id', load: profile },
    { path: '/users/:id/profile', load: profile },
    { path: '/users/:id/groups', load: () => import('./users/person/groups/page.tsx') },
    { path: '/users/:id/roles', load: () => import('./users/person/roles/page.tsx') },
    { path: '/users/:id/licences', load: () => import('./users/person/licences/page.tsx') },
    { path: '/users/:id/sign-ins', load: () => import('./users/person/sign-ins/page.tsx') },
    { path: '/users/:id/authentication-methods', load: () => import('./users/person/authentication-methods/page.tsx') },
    { path: '/groups', label: 'web.admin.groups.label', icon: UsersRound, load: () => import('./groups/page.tsx') },
    { path: '/groups/:id', load: group },
    { path: '/groups/:id/:section', load: group },
    { path: '/roles', label: 'web.admin.roles.label', icon: Shield, load: () => import('./roles/page.tsx') },
    { path: '/roles/:id', load: () => import('./roles/role-page.tsx') },
    { path: '/units', label: 'web.admin.units.label', icon: Building2, load: () => import('./units/page.tsx') },
    { path: '/units/:id', load: unit },
    { path: '/units/:id/:section', load: unit },
    { path: '/licences', label: 'web.admin.licences.label', icon: BadgeCheck, load: () => import('./licences/page.tsx') },
    { path: '/licences/:id', load: () => import('./licences/product-page.tsx') },
    { path: '/apps', label: 'web.admin.apps.label', icon: AppWindow, load: apps },
    { path: '/apps/let-in', load: apps },
    { path: '/apps/:id', load: app },
    { path: '/apps/:id/:section', load: app },
    {
      path: '/security/authentication-methods/policies',
      group: 'web.admin.policies.group',
      label: 'web.admin.policies.label',
      icon: KeyRound,
      load: () => import('./security/authentication-methods/policies/page.tsx'),
    },
    {
      path: '/security/authentication-methods/policies/registration-campaign',
      load: () => import('./security/authentication-methods/policies/registration-campaign/page.tsx'),
    },
    {
      path: '/security/authentication-methods/policies/:method',
      load: () => import('./security/authentication-methods/policies/method-page.tsx'),
    },
    {
      path: '/sign-ins',
      group: monitoring,
      label: 'web.admin.sign-ins.label',
      icon: LogIn,
      load: () => import('./sign-ins/page.tsx'),
    },
    { path: '/sign-ins/:id', load: () => import('./sign-ins/sign-in-page.tsx') },
    {
      path: '/audit',
      group: monitoring,
      label: 'web.admin.audit.label',
      icon: ScrollText,
      load: () => import('./audit/page.tsx'),
    },
    { path: '/audit/:id', load: () => import('./audit/event-page.tsx') },
    {
      path: '/reports',
      group: monitoring,
      label: 'web.admin.reports.label',
      icon: ChartColumn,
      load: () => import('./reports/page.tsx'),
    },
    ...settingsPages,
  ],
})
