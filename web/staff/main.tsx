import { Users } from 'lucide-react'
import { startApp } from '../kit/start-app.tsx'
import './staff.css'

void startApp({
  name: 'web.staff.name',
  pages: [
    { path: '', label: 'web.staff.people.label', icon: Users, load: () => import('./people/page.tsx') },
    { path: '/people/:id', load: () => import('./people/person/page.tsx') },
  ],
})
