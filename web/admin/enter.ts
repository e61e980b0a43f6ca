import { enter } from '../kit/enter.ts'

void enter(() => import('./main.tsx'))
