import { message } from '../../kit/words/message.ts'
import { ObjectName } from '../object-name.tsx'

/** Over what a role is held: everything, a unit, or one thing. */
export function ScopeName({ scope }: { scope: string }) {
  return scope === '/' ? message('web.admin.roles.everything') : <ObjectName id={scope.split('/').at(-1) ?? ''} />
}
