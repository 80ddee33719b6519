/** Attributes of a distinguished name in the text form of RFC 4514. */

/** The first value of this attribute; empty when there is none. */
export function attribute(name: string, type: 'CN' | 'O'): string {
  const match = PATTERNS[type].exec(name);
  return (match?.[1] ?? '').replaceAll(/\\(.)/g, '$1').trim();
}

const PATTERNS = {
  CN: /(?:^|[,+]\s*)CN=((?:\\.|[^,+\\])*)/,
  O: /(?:^|[,+]\s*)O=((?:\\.|[^,+\\])*)/,
} as const;
