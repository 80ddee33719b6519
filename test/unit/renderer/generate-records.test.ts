/** What stands on the Generate screen: rows of what was dropped, and records under the choices made. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { issue, type IssuedCertificate } from '../../../electron/lab/certificate-issuer.ts';
import { rowsOf } from '../../../renderer/generate/material-rows.ts';
import { shortRecord, targetsOf } from '../../../renderer/generate/targets.ts';
import type { DroppedFile } from '../../../renderer/store/material-store.ts';
import { viewOf } from '../../../renderer/store/material-view.ts';
import {
  addHost,
  chooseHosts,
  chooseKinds,
  forgetChoices,
  readTtl,
  readZone,
  recordsFor,
  togglePort,
  toggleUse,
  usePublish,
} from '../../../renderer/store/publish-store.ts';
import { readMaterialFile } from '../../../shared/material/read-file.ts';

const DAY_MS = 86_400_000;
const make = (
  commonName: string,
  names: readonly string[],
  issuer: IssuedCertificate | null,
): IssuedCertificate =>
  issue({
    commonName,
    names,
    notBefore: Date.now() - DAY_MS,
    notAfter: Date.now() + DAY_MS,
    authority: issuer === null,
    serial: commonName.length,
    keyType: 'ecdsa',
    issuer,
    sameKeyAs: null,
  });

const authority = make('Example Issuer', [], null);
const first = make('mx1.example.org', ['mx1.example.org', '*.example.net'], authority);
const second = make('mx2.example.org', ['mx2.example.org'], authority);

let lastId = 0;
function dropped(name: string, bytes: Uint8Array, inFolder = false): DroppedFile {
  lastId += 1;
  const { items, problems, locked } = readMaterialFile(name, bytes);
  return { id: lastId, name, phase: 'read', items, problems, inFolder, locked };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeEach(() => {
  forgetChoices();
});

describe('rows', () => {
  const files = [
    dropped('noise', new TextEncoder().encode('nothing')),
    dropped('mx1.pem', first.certificate),
    dropped('mx1.key', first.privateKey),
    dropped('ca.pem', authority.certificate),
    dropped('next.key', second.privateKey),
    dropped('live/README', new TextEncoder().encode('nothing'), true),
  ];
  const view = viewOf(files);
  const rows = rowsOf(files, view, recordsFor(view, usePublish.getState()).records);
  const cards = rows.flatMap((row) => (row.kind === 'card' ? [row.card] : []));

  it('stand in groups, and what lay in a folder beside them is counted only', () => {
    expect(rows.map((row) => (row.kind === 'heading' ? row.text : row.kind))).toEqual([
      'Could not be used',
      'file',
      'Servers',
      'card',
      'Issuers',
      'card',
      'Keys and requests',
      'card',
      '1 other file of the folder holds nothing of use here',
    ]);
  });

  it('tell a certificate’s chain, its own key, and the record that comes of it', () => {
    expect(cards[0]).toMatchObject({
      title: 'mx1.example.org',
      issuer: 'Example Issuer',
      names: ['*.example.net'],
      chain: ['Example Issuer'],
      missing: null,
      fits: ['private key fits'],
      record: `3 1 1 ${digest(first.publicKeyInfo)}`,
    });
  });

  it('tell a key that belongs to nothing here as one by itself', () => {
    expect(cards[2]).toMatchObject({
      title: 'Private key',
      fits: [],
      record: `3 1 1 ${digest(second.publicKeyInfo)}`,
    });
  });

  it('put what wants a password first, and not among what is of no use', () => {
    const locked: DroppedFile = {
      ...dropped('x.p12', Uint8Array.of(1)),
      phase: 'locked',
      locked: 'password-needed',
    };
    const kinds = rowsOf([locked], viewOf([locked]), []).map((row) =>
      row.kind === 'heading' ? row.text : row.kind,
    );
    expect(kinds).toEqual(['Wants a password', 'file']);
    // It stays in its place, and so does what has the focus, while a password is tried.
    const tried: DroppedFile = { ...locked, phase: 'waiting' };
    expect(rowsOf([tried], viewOf([tried]), [])).toHaveLength(2);
  });

  it('name a broken certificate in a folder: it would be missed', () => {
    const broken = ['live/cert.pem', 'live/README'].map((name) =>
      dropped(name, new TextEncoder().encode('-----BEGIN CERTIFICATE-----'), true),
    );
    const rowsOfBroken = rowsOf(broken, viewOf(broken), []);
    expect(rowsOfBroken.map((row) => (row.kind === 'file' ? row.file.name : row.kind))).toEqual([
      'heading',
      'live/cert.pem',
      'heading',
    ]);
  });
});

describe('records', () => {
  const view = viewOf([
    dropped('mx1.pem', first.certificate),
    dropped('mx2.pem', second.certificate),
    dropped('ca.pem', authority.certificate),
  ]);
  const lines = (): readonly string[] =>
    recordsFor(view, usePublish.getState()).records.map(
      ({ owner, tlsa }) => `${owner} ${tlsa.usage}${tlsa.selector}${tlsa.matchingType}`,
    );

  it('stand at each certificate’s own name until hosts are chosen', () => {
    expect(lines()).toEqual([
      '_25._tcp.mx1.example.org 311',
      '_25._tcp.mx1.example.org 211',
      '_25._tcp.mx2.example.org 311',
      '_25._tcp.mx2.example.org 211',
    ]);
    chooseHosts(['mail.example.org']);
    expect(lines()).toEqual([
      '_25._tcp.mail.example.org 311',
      '_25._tcp.mail.example.org 311',
      '_25._tcp.mail.example.org 211',
    ]);
  });

  it('follow ports and kinds, and are not made of what was left out', () => {
    togglePort(465);
    togglePort(25);
    chooseKinds([{ usage: 3, selector: 0, matchingType: 2 }]);
    toggleUse(digest(first.certificate));
    expect(lines()).toEqual(['_465._tcp.mx2.example.org 302']);
    toggleUse(digest(first.certificate));
    expect(lines()).toHaveLength(2);
  });

  it('keep at least one port', () => {
    togglePort(25);
    expect(usePublish.getState().ports).toEqual([25]);
  });

  it('are not made where they would be too many, and that is told', () => {
    chooseHosts(Array.from({ length: 3334 }, (_, index) => `mx${index}.example.org`));
    const { records, problems } = recordsFor(view, usePublish.getState());
    // Two servers and one issuer at each.
    expect(problems).toEqual([expect.stringContaining('10,002 records')]);
    expect(records).toEqual([]);
    chooseHosts(Array.from({ length: 3333 }, (_, index) => `mx${index}.example.org`));
    expect(recordsFor(view, usePublish.getState()).records).toHaveLength(9999);
  });

  it('gather by host and port for the comparison', () => {
    togglePort(587);
    const targets = targetsOf(recordsFor(view, usePublish.getState()).records);
    expect(targets.map(({ host, port, records }) => [host, port, records.length])).toEqual([
      ['mx1.example.org', 25, 2],
      ['mx1.example.org', 587, 2],
      ['mx2.example.org', 25, 2],
      ['mx2.example.org', 587, 2],
    ]);
  });
});

describe('what is typed', () => {
  it('for a host is taken as A-labels, beside those shown, or refused in words', () => {
    vi.stubGlobal('window', {});
    expect(addHost(' Bücher.example ', ['mx.example.org'])).toBeNull();
    expect(usePublish.getState().hosts).toEqual(['mx.example.org', 'xn--bcher-kva.example']);
    expect(addHost('mx..example.org', [])).toContain('nothing between two dots');
    vi.unstubAllGlobals();
  });

  it.each([
    ['3600', 3600],
    [' 0 ', 0],
    ['2147483647', 2_147_483_647],
    ['2147483648', null],
    ['1h', null],
    ['-1', null],
    ['', null],
  ])('for a TTL: %j', (typed, seconds) => {
    expect(readTtl(typed)).toBe(seconds);
  });

  it('for a zone may be nothing, and must else be a name', () => {
    expect(readZone(' ')).toEqual({ zone: null, problem: null });
    expect(readZone('Example.Org.').zone).toBe('example.org');
    expect(readZone('a b').problem).not.toBeNull();
  });
});

it('a record is shortened so that it can still be told', () => {
  expect(shortRecord(`3 1 1 ${'ab'.repeat(32)}`)).toBe('3 1 1 abababababababab…abab');
  expect(shortRecord('3 1 1 abcd')).toBe('3 1 1 abcd');
});
