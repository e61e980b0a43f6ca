import type { CallBackBody, StaffLocationBody, StaffPersonBody } from '#contract/graph/staff.ts'
import type { ApiPath } from '../kit/api/api.ts'
import type { ListBody } from '../kit/api/use-pages.ts'
import { type Resource, useResource } from '../kit/api/use-resource.ts'

export function useLocations(): Resource<ListBody<StaffLocationBody>> {
  return useResource<ListBody<StaffLocationBody>>('/sesam/v1/staff/locations?$top=999')
}

export function usePerson(id: string): Resource<StaffPersonBody> {
  return useResource<StaffPersonBody>(pathOfPerson(id))
}

export function useCallBack(id: string): Resource<CallBackBody> {
  return useResource<CallBackBody>(`/sesam/v1/staff/callBacks/${encodeURIComponent(id)}`)
}

export function pathOfPerson(id: string, act = ''): ApiPath {
  return `/sesam/v1/staff/people/${encodeURIComponent(id)}${act}`
}
