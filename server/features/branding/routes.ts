import {
  brandingChanges,
  brandings,
  type OrganizationalBrandingBody,
  organizationalBranding,
  organizationalBrandingChanges,
} from '#contract/graph/branding.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Branding } from '#server/domain/sign-in-settings.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { changeBranding, removeBranding } from './change-branding.ts'
import { asAddress, fromAddress, pictureIn } from './rules.ts'

const path = '/organization/:id/branding'
// Graph keeps a branding for each language under its name; `0` is the one for all.
const logoPath = `${path}/localizations/0/bannerLogo`

export const brandingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path,
    permission: 'organization.read',
    summary: 'Read how the sign-in pages look',
    queryable: brandings,
    answers: { status: 200, schema: organizationalBranding },
    handle: async (call) => one(call, 'branding', present(call.system.organization.id, await ownBranding(call))),
  }),
  route({
    method: 'PATCH',
    path,
    permission: 'branding.change',
    summary: 'Change how the sign-in pages look',
    body: organizationalBrandingChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body: { backgroundColor, signInPageText } }) => {
      await changeBranding(system, caller, params.id ?? '', {
        ...(backgroundColor !== undefined && { colour: backgroundColor?.toLowerCase() }),
        ...(signInPageText !== undefined && { note: signInPageText?.trim() || undefined }),
      })
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path,
    permission: 'branding.change',
    summary: 'Let the sign-in pages look as they come',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await removeBranding(system, caller, params.id ?? '')
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: logoPath,
    permission: 'organization.read',
    summary: 'Read the logo on the sign-in pages',
    answers: { status: 200, picture: true },
    handle: async (call) => {
      const { logo } = await ownBranding(call)
      const picture = (logo && fromAddress(logo)) || refuse('object_not_found', { id: 'bannerLogo' })
      return { status: 200, body: picture.bytes, headers: { 'content-type': picture.type } }
    },
  }),
  route({
    method: 'PUT',
    path: logoPath,
    permission: 'branding.change',
    summary: 'Put a logo on the sign-in pages: a PNG or JPEG of at most 50 KB',
    takesPicture: true,
    answers: { status: 204 },
    handle: async ({ system, caller, params, picture }) => {
      const logo = pictureIn(picture) ?? refuse('property_invalid', { property: 'bannerLogo', expected: 'a PNG or JPEG of at most 50 KB' })
      await changeBranding(system, caller, params.id ?? '', { logo: asAddress(logo) })
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: logoPath,
    permission: 'branding.change',
    summary: 'Take the logo off the sign-in pages',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await changeBranding(system, caller, params.id ?? '', { logo: undefined })
      return noContent
    },
  }),
]

/** A logo of 50 KB, as JSON carries it, and the rest. */
const changesMaxBytes = 96 * 1024

export const brandingOwnRoutes: readonly Route[] = [
  route({
    method: 'PATCH',
    path: '/branding',
    permission: 'branding.change',
    summary: 'Change how the sign-in pages look in one go, the logo as a data: address',
    body: brandingChanges,
    bodyMaxBytes: changesMaxBytes,
    answers: { status: 204 },
    handle: async ({ system, caller, body: { backgroundColor, signInPageText, bannerLogo } }) => {
      await changeBranding(system, caller, system.organization.id, {
        ...(backgroundColor !== undefined && { colour: backgroundColor?.toLowerCase() }),
        ...(signInPageText !== undefined && { note: signInPageText?.trim() || undefined }),
        ...(bannerLogo !== undefined && { logo: bannerLogo === null ? undefined : checkedLogo(bannerLogo) }),
      })
      return noContent
    },
  }),
]

function checkedLogo(address: string): string {
  const picture = fromAddress(address)
  return picture ? asAddress(picture) : refuse('property_invalid', { property: 'bannerLogo', expected: 'a PNG or JPEG of at most 50 KB' })
}

async function ownBranding({ system, params: { id = '' } }: Call<unknown>): Promise<Branding> {
  if (id.toLowerCase() !== system.organization.id) refuse('object_not_found', { id })
  return system.brandings.get()
}

function present(organizationId: string, { colour, logo, note }: Branding): OrganizationalBrandingBody {
  return {
    id: '0',
    backgroundColor: colour ?? null,
    backgroundImageRelativeUrl: null,
    bannerLogoRelativeUrl: logo ? `organization/${organizationId}/branding/localizations/0/bannerLogo` : null,
    cdnList: [],
    signInPageText: note ?? null,
    squareLogoRelativeUrl: null,
    usernameHintText: null,
  }
}
