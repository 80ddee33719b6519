/** One domain with one sound mail host on scripted DNS and mail servers; each test changes what its clause is about. */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import type { HostReport } from '../../shared/inspection/report.ts';
import {
  alias,
  BOGUS,
  presents,
  replay,
  SERVFAIL,
  type Replay,
  type Script,
} from '../replay/inspection/script.ts';
import { authority, record, server } from '../unit/shared/dane/chain-maker.ts';
import { dnsNames } from '../unit/shared/x509/certificate-maker.ts';

export { alias, BOGUS, presents, SERVFAIL };

export const root = authority('Root', null);
export const leaf = server(root);
export const stranger = server(root);

/** A certificate of the usual issuer for other names. */
export function named(...names: readonly string[]) {
  return server(root, { subject: names[0] ?? 'nobody', extensions: [dnsNames(...names)] });
}

/** A TLSA record at port 25 of a base domain, as a zone-file line. */
export function tlsaLine(
  kind: Parameters<typeof record>[0],
  { der }: { readonly der: Uint8Array },
  base = 'mx.example.org',
): string {
  return `_25._tcp.${base}. 3600 TLSA ${formatTlsa(record(kind, der))}`;
}

const SOUND: Script = {
  answers: {
    'example.org MX': { records: 'example.org. MX 10 mx.example.org.' },
    'example.org SOA': { records: 'example.org. SOA ns. a. 1 900 300 86400 300' },
    'mx.example.org A': { records: 'mx.example.org. A 192.0.2.1' },
    'mx.example.org AAAA': {},
    '_25._tcp.mx.example.org TLSA': { records: tlsaLine('3 1 1', leaf) },
  },
  mail: { '192.0.2.1': presents(leaf.der, root.der) },
};

/** What an inspection makes of the sound domain with these answers in place of its own. */
export function inspectWith(
  answers: Script['answers'] = {},
  more: Partial<Script> = {},
  query: Parameters<typeof replay>[1] = {},
): Promise<Replay> {
  return replay({ ...SOUND, ...more, answers: { ...SOUND.answers, ...answers } }, query);
}

/** The answers without those of these questions: a secure NXDOMAIN is left. */
export function inspectWithout(
  questions: readonly string[],
  answers: Script['answers'] = {},
  more: Partial<Script> = {},
): Promise<Replay> {
  const left = Object.entries({ ...SOUND.answers, ...answers }).filter(
    ([question]) => !questions.includes(question),
  );
  return replay({ ...SOUND, ...more, answers: Object.fromEntries(left) });
}

export function onlyHost({ report }: Replay): HostReport {
  const [host, ...others] = report.hosts;
  if (host === undefined || others.length > 0) throw new Error('not one host');
  return host;
}

export function codesOf({ report }: Replay): readonly string[] {
  return report.findings.map(({ code }) => code);
}
