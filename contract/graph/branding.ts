import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { line, readOnly } from './texts.ts'

const noteMaxLength = 1024

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
    backgroundColor: z
      .string()
      .regex(/^#[0-9A-Fa-f]{6}$/, { message: 'a colour such as #00703c' })
      .nullable(),
    signInPageText: line(noteMaxLength).nullable(),
    id: readOnly,
    backgroundImageRelativeUrl: readOnly,
    bannerLogoRelativeUrl: readOnly,
    cdnList: readOnly,
    squareLogoRelativeUrl: readOnly,
    usernameHintText: readOnly,
  })
  .partial()
