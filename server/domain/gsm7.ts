/** The alphabet a text message is counted in. One letter outside it makes the whole message shorter by more than half, and dearer. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** These count twice. */
const extended = new Set('^{}\\[~]|€\f')

/** What other letters are written as where leaving out their marks is not enough. */
const replacements: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '×': 'x',
  '·': '.',
  '•': '.',
}

/** How much room a text takes of the 160 of one message; undefined where it does not fit the alphabet. */
export function gsm7Length(text: string): number | undefined {
  let length = 0
  for (const character of text) {
    if (basic.has(character)) length += 1
    else if (extended.has(character)) length += 2
    else return undefined
  }
  return length
}

/** The nearest that can be written; what has no likeness becomes a question mark, many in a row become one. */
export function inGsm7(text: string): string {
  const written = Array.from(text.normalize('NFC'), (character) => {
    if (isWritable(character)) return character
    const plain = replacements[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '')
    return plain !== '' && Array.from(plain).every(isWritable) ? plain : '?'
  }).join('')
  return written.replaceAll(/\?{2,}/g, '?')
}

function isWritable(character: string): boolean {
  return basic.has(character) || extended.has(character)
}
