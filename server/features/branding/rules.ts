const logoMaxBytes = 50 * 1024

const beginnings = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
}

export type Picture = { type: keyof typeof beginnings; bytes: Buffer }

/** What a picture is, it says in its first bytes; what its sender calls it proves nothing. Anything else, an SVG with a script in it, is none. */
export function pictureIn(bytes: Buffer): Picture | undefined {
  if (bytes.length > logoMaxBytes) return undefined
  if (startsWith(bytes, beginnings['image/png'])) return { type: 'image/png', bytes }
  if (startsWith(bytes, beginnings['image/jpeg'])) return { type: 'image/jpeg', bytes }
}

function startsWith(bytes: Buffer, beginning: readonly number[]): boolean {
  return bytes.length > beginning.length && beginning.every((byte, index) => bytes[index] === byte)
}

/** How a logo is kept: as the address a page shows it by. */
export function asAddress({ type, bytes }: Picture): string {
  return `data:${type};base64,${bytes.toString('base64')}`
}

export function fromAddress(address: string): Picture | undefined {
  return pictureIn(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'))
}

/** For the audit log: which picture it was, not the picture. */
export function describeLogo(address: string | undefined): string | null {
  const picture = address === undefined ? undefined : fromAddress(address)
  return picture ? `${picture.type}, ${picture.bytes.length} bytes` : null
}
