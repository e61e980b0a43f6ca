import { House } from 'lucide-react'
import { startApp } from '../kit/start-app.tsx'

void startApp({
  name: 'web.account.name',
  pages: [{ path: '', label: 'web.account.overview.label', icon: House, load: () => import('./overview/page.tsx') }],
})
