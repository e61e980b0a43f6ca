import { checkCall, viewCall } from './check-call.ts'
import { callAgain, startCall } from './start-call.ts'

export const voice = {
  id: 'voice',
  uses: ['second-factor', 'password-reset'],
  startCall,
  viewCall,
  callAgain,
  checkCall,
} as const
