/** Graph wants a nickname of ASCII characters without spaces for everybody and every group; nobody has to think one up. */
export function nicknameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_-]/g, '')
    .slice(0, 64)
  return plain || 'nickname'
}
