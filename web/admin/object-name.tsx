import { useResource } from '../kit/api/use-resource.ts'
import { Link } from '../kit/link.tsx'
import { addressOfObject, type ObjectBody } from './directory-objects.ts'

/** A person, group, unit or role by its id, as a way to its page. */
export function ObjectName({ id }: { id: string }) {
  const { data } = useResource<ObjectBody>(`/v1.0/directoryObjects/${id}`)
  return data ? <Link to={addressOfObject(data)}>{data.displayName}</Link> : <code>{id}</code>
}
