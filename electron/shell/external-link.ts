/** Which addresses may be opened in the person's browser: the RFC editor's, and nothing else. */

const RFC_EDITOR = 'https://www.rfc-editor.org';

/** The address in normal form when it may be opened, else null. */
export function allowedLink(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const plain = url.username === '' && url.password === '' && url.port === '';
  return url.origin === RFC_EDITOR && plain ? url.href : null;
}
