/** The doorway of the sign-in pages, drawn large: light falls through it, and it stands wide open when there is nothing left to do. */
export function Doorway({ isOpen }: { isOpen: boolean }) {
  return (
    <svg className={isOpen ? 'doorway open' : 'doorway'} viewBox="0 0 220 200" aria-hidden="true" focusable="false">
      <path className="doorway-spill" d="M78 178h64l58 22H20z" />
      <path className="doorway-frame" d="M58 178V82a52 52 0 0 1 104 0v96z" />
      <path className="doorway-light" d="M74 178V84a36 36 0 0 1 72 0v94z" />
      <g className="doorway-leaf">
        <path d="M74 178V84a36 36 0 0 1 36-36v142z" />
        <circle cx="101" cy="124" r="3.5" />
      </g>
    </svg>
  )
}
