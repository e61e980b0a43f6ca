import type { ScopedRoleMembershipBody } from '#contract/graph/directory-roles.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Link } from '../../kit/link.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import type { ObjectBody } from '../directory-objects.ts'
import { ObjectName } from '../object-name.tsx'
import { nameOfRole } from '../role-words.ts'

/** The roles of whoever is signed in: over everything, also through groups, and over units. */
export function OwnRoles() {
  const roles = useResource<ListBody<ObjectBody>>('/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName')
  const scoped = useResource<ListBody<ScopedRoleMembershipBody>>('/v1.0/me/scopedRoleMemberOf')
  return (
    <ResourceView of={roles} waiting={<Skeleton lines={2} />}>
      {({ value: everywhere }) => (
        <ResourceView of={scoped} waiting={<Skeleton lines={1} />}>
          {({ value: somewhere }) =>
            everywhere.length + somewhere.length === 0 ? (
              <p>{message('web.admin.home.no-roles')}</p>
            ) : (
              <ul className="plain-list">
                {everywhere.map(({ id, displayName }) => (
                  <li key={id}>
                    <Link to={`/admin/roles/${id}`}>{nameOfRole(id, displayName)}</Link>
                  </li>
                ))}
                {somewhere.map(({ id, roleId, administrativeUnitId }) => (
                  <li key={id}>
                    {nameOfRole(roleId)}: <ObjectName id={administrativeUnitId} />
                  </li>
                ))}
              </ul>
            )
          }
        </ResourceView>
      )}
    </ResourceView>
  )
}
