import { LayoutGrid, Rows3, SquarePen } from 'lucide-react'
import { startApp } from '../kit/start-app.tsx'

// Every part of the kit on three pages, for tests and for whoever changes its look. It has no address of its own: see test/specimen.ts.
void startApp({
  name: 'web.account.name',
  pages: [
    { path: '', label: 'web.account.overview.label', icon: LayoutGrid, load: () => import('./parts-page.tsx') },
    { path: '/form', label: 'web.kit.person-menu.language', icon: SquarePen, load: () => import('./form-page.tsx') },
    { path: '/lists', label: 'web.account.devices.label', icon: Rows3, load: () => import('./lists-page.tsx') },
  ],
})
