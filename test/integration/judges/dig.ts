// Asks dig for the records of an answer, in presentation form (RFC 1035 §5.1), to compare data and not only status.
import { execFile } from 'node:child_process';
import type { UniverseFacts } from '../../universe/universe.ts';

export interface ShownRecord {
  readonly name: string;
  readonly type: string;
  readonly data: string;
}

export async function answersByDig(
  universe: UniverseFacts,
  name: string,
  type: string,
): Promise<readonly ShownRecord[]> {
  const ask = [`@${universe.recursive}`, '-p', String(universe.dnsPort), '+cd', '+tries=3'];
  const show = ['+noall', '+answer', '+nosplit', name === '.' ? name : `${name}.`, type];
  const output = await new Promise<string>((resolve) => {
    execFile('dig', [...ask, ...show], { timeout: 20_000 }, (_error, stdout) => resolve(stdout));
  });
  return output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(';'))
    .map((line) => {
      const [owner = '', , , shownType = '', ...data] = line.split(/\s+/);
      return comparable({ name: owner, type: shownType, data: data.join(' ') });
    });
}

/** Hexadecimal digits and names in either case, names with or without the last dot, `;` escaped or not within quotes. */
export function comparable({ name, type, data }: ShownRecord): ShownRecord {
  return {
    name: name.length > 1 ? name.replace(/\.$/, '').toLowerCase() : name,
    type,
    data: type === 'TXT' ? data.replaceAll('\\;', ';') : withoutBlanks(type, data),
  };
}

function withoutBlanks(type: string, data: string): string {
  // Base64 tells upper from lower case; everything else here does not.
  return type === 'DNSKEY' ? data.replace(/\s/g, '') : data.replace(/\s/g, '').toLowerCase();
}
