import { House, Users } from 'lucide-react'
import { startApp } from '../kit/start-app.tsx'

void startApp({
  name: 'web.admin.name',
  pages: [
    { path: '', label: 'web.admin.home.label', icon: House, load: () => import('./home/page.tsx') },
    { path: '/users', label: 'web.admin.users.label', icon: Users, load: () => import('./users/page.tsx') },
  ],
})
