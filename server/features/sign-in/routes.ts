import { brandingPreview, brandingPreviewAnswer } from '#contract/graph/branding.ts'
import { one } from '#server/http/answers.ts'
import { pageText } from '#server/http/page.ts'
import { type Route, route } from '#server/http/route.ts'
import { previewOf } from './views/preview-view.ts'

/** A logo of 50 KB, as JSON carries it, and the rest. */
const previewMaxBytes = 96 * 1024

export const signInRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/branding/preview',
    permission: 'branding.change',
    summary: 'Draw the sign-in page as it would look; nothing is saved',
    body: brandingPreview,
    bodyMaxBytes: previewMaxBytes,
    answers: { status: 200, schema: brandingPreviewAnswer },
    handle: async (call) => {
      const { locale, scheme, styleNonce, backgroundColor, signInPageText, bannerLogo } = call.body
      const saved = await call.system.brandings.get()
      const brand = {
        colour: backgroundColor === undefined ? saved.colour : (backgroundColor ?? undefined),
        note: signInPageText === undefined ? saved.note : signInPageText?.trim() || undefined,
        logo: bannerLogo === undefined ? saved.logo : (bannerLogo ?? undefined),
      }
      const page = previewOf({ locale, organisationName: call.system.organization.displayName, brand })
      return one(call, 'previews', { id: 'preview', html: pageText({ ...page, scheme }, styleNonce) })
    },
  }),
]
