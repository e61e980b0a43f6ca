import { setting } from './setting.ts'

/** The organisation's logo, or the doorway with its initial, and its name; below it the app's, where there is one to tell. */
export function Emblem({ appName }: { appName?: string }) {
  const app = appName && <span className="app-name">{appName}</span>
  const { organisation, logo } = setting()
  if (logo) {
    return (
      <>
        <img className="emblem-logo" src={logo} alt={organisation} />
        {app}
      </>
    )
  }
  const [initial] = new Intl.Segmenter().segment(organisation.trim())
  return (
    <>
      <span className="mark" aria-hidden="true">
        {initial?.segment.toUpperCase()}
      </span>
      <span className="names">
        <bdi>{organisation}</bdi>
        {app}
      </span>
    </>
  )
}
