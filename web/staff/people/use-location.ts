import type { StaffLocationBody } from '#contract/graph/staff.ts'
import { useQueryValue } from '../../kit/routing/address.ts'
import { session } from '../../kit/session/session.ts'

/** Which location this manager looks at: the one in the address, else the one of the last visit, else the only one. */
export function useLocation(all: readonly StaffLocationBody[]): [chosen: StaffLocationBody | undefined, choose: (id: string) => void] {
  const [asked, ask] = useQueryValue('at')
  const key = `sesam.staff.location.${session.person.id}`
  const remembered = localStorage.getItem(key)
  const wanted = asked || remembered
  const chosen = all.find(({ id }) => id === wanted) ?? (all.length === 1 ? all[0] : undefined)
  const choose = (id: string) => {
    localStorage.setItem(key, id)
    ask(id)
  }
  return [chosen, choose]
}
