/** What stands where a photo would; the name stands beside it. */
export function Initials({ text, isLarge = false }: { text: string; isLarge?: boolean }) {
  return (
    <span className={isLarge ? 'initials large' : 'initials'} aria-hidden="true">
      {text}
    </span>
  )
}
