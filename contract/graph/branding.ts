import { z } from 'zod'
import { locales } from '../locale.ts'
import type { Queryable } from './queryable.ts'
import { line, readOnly } from './texts.ts'

const noteMaxLength = 1024
const logoMaxLength = 70_000

const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, { message: 'a colour such as #00703c' })

export const organizationalBranding = z.object({
  id: z.literal('0'),
  backgroundColor: z.string().nullable(),
  backgroundImageRelativeUrl: z.string().nullable(),
  bannerLogoRelativeUrl: z.string().nullable(),
  cdnList: z.array(z.string()),
  signInPageText: z.string().nullable(),
  squareLogoRelativeUrl: z.string().nullable(),
  usernameHintText: z.string().nullable(),
})

export type OrganizationalBrandingBody = z.infer<typeof organizationalBranding>

export const brandings: Queryable = {
  properties: {},
  selectable: Object.keys(organizationalBranding.shape),
  topMax: 1,
  topDefault: 1,
}

export const organizationalBrandingChanges = z
  .strictObject({
    '@odata.type': z.literal('#microsoft.graph.organizationalBranding'),
    backgroundColor: colour.nullable(),
    signInPageText: line(noteMaxLength).nullable(),
    id: readOnly,
    backgroundImageRelativeUrl: readOnly,
    bannerLogoRelativeUrl: readOnly,
    cdnList: readOnly,
    squareLogoRelativeUrl: readOnly,
    usernameHintText: readOnly,
  })
  .partial()

const logo = z
  .string()
  .max(logoMaxLength, { message: 'a picture of at most 50 KB' })
  .regex(/^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, { message: 'a PNG or JPEG as a data: address' })

/** Colour, words and logo in one go, as a form saves them. */
export const brandingChanges = z
  .strictObject({ backgroundColor: colour.nullable(), signInPageText: line(noteMaxLength).nullable(), bannerLogo: logo.nullable() })
  .partial()

/** How the sign-in page would look; what is missing is as it is saved. */
export const brandingPreview = z.strictObject({
  backgroundColor: colour.nullable().optional(),
  signInPageText: line(noteMaxLength).nullable().optional(),
  bannerLogo: logo.nullable().optional(),
  locale: z.enum(locales, { message: `one of ${locales.join(', ')}` }),
  scheme: z.enum(['light', 'dark'], { message: 'light or dark' }),
  /** The page is shown inside another, whose policy lets only styles in that carry its own mark. */
  styleNonce: z.string().regex(/^[A-Za-z0-9+/=_-]{16,64}$/, { message: 'a nonce' }),
})

export const brandingPreviewAnswer = z.object({ id: z.literal('preview'), html: z.string() })
