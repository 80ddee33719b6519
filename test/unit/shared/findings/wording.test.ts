// The words of every finding: all there, safe to show and to paste, and plain.
import { describe, expect, test } from 'vitest';
import { catalogue, makeFinding } from '../../../../shared/findings/catalogue.ts';
import { FINDING_CODES } from '../../../../shared/findings/codes.ts';
import { wordsFor } from '../../../../shared/findings/wording.ts';

/** Every parameter that any wording reads, each with what an attacker could put there. */
const HOSTILE = '\u001b[2J$(reboot)`id`; rm -rf ~ \' " \u202e\nx';
/** With a colon it looks like an IPv6 address, which is written in brackets. */
const HOSTILE_HOST = 'a:$(reboot).example';
const KEYS = [
  ...['reason', 'alias', 'domain', 'rcode', 'types', 'tlsaName', 'target', 'groups', 'addresses'],
  ...['records', 'command', 'servers', 'rcodes', 'zone', 'expiration', 'inception', 'algorithm'],
  ...['mnemonic', 'mnemonics', 'limit', 'server', 'address', 'type', 'record', 'scheme', 'names'],
  ...['notAfter', 'hosts', 'usage', 'host', 'error', 'reply', 'version', 'issuer', 'keyType'],
  ...[
    'unmatched',
    'matching',
    'failing',
    'range',
    'sni',
    'cannotBeNext',
    'resolver',
    'networkDown',
    'publish',
    'remove',
    'identified',
    'replacement',
    'meant',
    'extras',
    'ofIssuer',
    'inRecord',
    'harmless',
  ],
];
const HOSTILE_PARAMETERS = Object.fromEntries(KEYS.map((key) => [key, HOSTILE]));

describe.each(FINDING_CODES)('%s', (code) => {
  test('has a title, a message and a clause', () => {
    const finding = makeFinding(code, 'mx.example.org');
    expect(finding.title).not.toBe('');
    expect(finding.message).toMatch(/[.!]$/);
    expect(catalogue[code].reference).toMatch(/^RFC \d{3,5} §\d/);
  });

  test('has something to do unless it is good news', () => {
    const finding = makeFinding(code, 'mx.example.org');
    expect(finding.remedy === '').toBe(catalogue[code].severity === 'ok');
  });

  test('lets no control or direction character of the network through', () => {
    const { title, message, remedy } = wordsFor(code, HOSTILE, HOSTILE_PARAMETERS);
    // Line feeds stand between the lines of a remedy only.
    const text = title + message + remedy.replaceAll('\n', '');
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('leaves no value of the network where a shell would run it', () => {
    const { remedy } = wordsFor(code, HOSTILE, HOSTILE_PARAMETERS);
    expect(commandLines(remedy).map(withoutQuoted).join('\n')).not.toContain('reboot');
  });

  test('takes no host name for an IPv6 address and lets it out of its quotes', () => {
    const { remedy } = wordsFor(code, HOSTILE_HOST, { host: HOSTILE_HOST });
    expect(commandLines(remedy).map(withoutQuoted).join('\n')).not.toContain('reboot');
  });

  test('speaks of mail, not of validation failures', () => {
    const { title, message } = wordsFor(code, 'mx.example.org', {});
    expect(`${title} ${message}`).not.toMatch(/validation fail|undefined|\[object|NaN/i);
  });
});

/** Lines a shell would run: no zone-file records and no comments of either kind. */
function commandLines(remedy: string): readonly string[] {
  return remedy
    .split('\n')
    .filter((line) => !/^\s*[#;]/.test(line))
    .map((line) => line.replace(/\s#.*$/, ''))
    .filter((line) =>
      /^\s*\(?(dig|delv|openssl|nc|curl|certbot|rndc|knotc|pdnsutil|dnssec-|whois|dane-inspector)/.test(
        line,
      ),
    );
}

function withoutQuoted(line: string): string {
  return line.replace(/'[^']*'(\\''[^']*')*/g, "''");
}

test('a key on several hosts speaks of one certificate only where it has names', () => {
  const hosts = ['mx1.example.org', 'mx2.example.org'];
  const message = (names: readonly string[]): string =>
    makeFinding('key-shared', 'example.org', { hosts, names }).message;
  expect(message([])).toMatch(/present the same key, so one mistake/);
  expect(message(['*.example.org'])).toContain('in one certificate for *.example.org, so');
});
