/** A message in hexadecimal, as packet tools print it: offset, octets, and what of them is text. */

const OCTETS_A_LINE = 16;

export function hexDump(hex: string): string {
  const octets = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += OCTETS_A_LINE) {
    const line = octets.slice(at, at + OCTETS_A_LINE);
    const shown = line.join(' ').padEnd(OCTETS_A_LINE * 3 - 1);
    lines.push(`${at.toString(16).padStart(4, '0')}  ${shown}  ${line.map(character).join('')}`);
  }
  return lines.join('\n');
}

function character(octet: string): string {
  const code = Number.parseInt(octet, 16);
  return code >= 0x20 && code <= 0x7e ? String.fromCharCode(code) : '.';
}
