/** Which dropped keys can come next at a host, and which of them a plan is made for. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  arrangedTogether,
  candidatesOf,
  chosenOf,
  standingOf,
  type Candidate,
} from '../../../renderer/rollover/candidates.ts';
import { readMaterialFile } from '../../../shared/material/read-file.ts';
import {
  makeCertificate,
  makePair,
  NOON,
  dnsNames,
  utcTime,
  type Recipe,
} from '../shared/x509/certificate-maker.ts';

const OLD = makePair();
const NEW = makePair();

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function certificateOf(names: readonly string[], recipe: Recipe = {}): Uint8Array {
  return makeCertificate({ ...recipe, extensions: [dnsNames(...names)] });
}

const file = (name: string, bytes: Uint8Array) => readMaterialFile(name, bytes);

const current = file('cert.pem', certificateOf(['mx.example.org'], { key: OLD }));
const renewed = file('new.pem', certificateOf(['mx.example.org'], { key: NEW }));
const elsewhere = file('www.pem', certificateOf(['www.example.org'], { key: makePair() }));
const bare = file('next.pub', NEW.spki);
const ended = file(
  'ended.pem',
  certificateOf(['mx.example.org'], {
    key: makePair(),
    notBefore: utcTime('240101000000Z'),
    notAfter: utcTime('250101000000Z'),
  }),
);

function standings(candidates: readonly Candidate[], inUse: readonly string[]) {
  return new Map(
    candidates.map((each) => [each.id, standingOf(each, 'mx.example.org', inUse, NOON)]),
  );
}

describe('what was dropped', () => {
  it('is named by the SHA-256 of its key: the data of its 3 1 1 record', () => {
    expect(candidatesOf([renewed]).map(({ id }) => id)).toEqual([sha256(NEW.spki)]);
  });

  it('stands once for each key, with every file that it came in', () => {
    const [only, ...more] = candidatesOf([renewed, bare]);
    expect(more).toEqual([]);
    expect(only?.what).toBe('certificate');
    expect(only?.files).toEqual(['new.pem', 'next.pub']);
  });

  it('of two certificates of a key shows the one that lasts longer', () => {
    const longer = file(
      'longer.pem',
      certificateOf(['mx.example.org'], { key: NEW, notAfter: utcTime('280101000000Z') }),
    );
    const [only] = candidatesOf([renewed, longer]);
    expect(only?.notAfter).toBe(Date.UTC(2028, 0, 1));
  });
});

describe('how it stands to the host', () => {
  const of = (from: typeof current, inUse: readonly string[]) => {
    const candidates = candidatesOf([from]);
    return standings(candidates, inUse).get(candidates[0]?.id ?? '');
  };

  it('tells the key in use from a new one', () => {
    expect(of(current, [sha256(OLD.spki)])?.key).toBe('same');
    expect(of(renewed, [sha256(OLD.spki)])?.key).toBe('differs');
    expect(of(renewed, [])?.key).toBe('unknown');
  });

  it('looks at names, wildcards included; a bare key has none', () => {
    const wildcard = file('wild.pem', certificateOf(['*.example.org'], { key: NEW }));
    const deeper = file('deep.pem', certificateOf(['*.mx.example.org'], { key: NEW }));
    expect(of(renewed, [])?.name).toBe('fits');
    expect(of(wildcard, [])?.name).toBe('fits');
    expect(of(deeper, [])?.name).toBe('misses');
    expect(of(elsewhere, [])?.name).toBe('misses');
    expect(of(bare, [])?.name).toBe('unnamed');
  });

  it('looks at dates; a bare key has none', () => {
    const early = file(
      'early.pem',
      certificateOf(['mx.example.org'], { notBefore: utcTime('261201000000Z') }),
    );
    expect(of(renewed, [])?.validity).toBe('valid');
    expect(of(ended, [])?.validity).toBe('expired');
    expect(of(early, [])?.validity).toBe('not-yet');
    expect(of(bare, [])?.validity).toBe('endless');
  });
});

describe('what the plan is for', () => {
  const planned = (
    files: readonly (typeof current)[],
    choices: Readonly<Record<string, boolean>> = {},
  ): readonly string[] => {
    const candidates = candidatesOf(files);
    return chosenOf(candidates, standings(candidates, [sha256(OLD.spki)]), choices).map(
      ({ files: [name = ''] }) => name,
    );
  };

  it('is the new key, not the one in use that came along', () => {
    expect(planned([current, renewed])).toEqual(['new.pem']);
    expect(planned([renewed, current])).toEqual(['new.pem']);
  });

  it('is the key in use where nothing else was dropped', () => {
    expect(planned([current])).toEqual(['cert.pem']);
  });

  it('is nothing that has ended or names another host', () => {
    expect(planned([ended, elsewhere])).toEqual([]);
  });

  it('is what the person put in, and not what was taken out', () => {
    const id = candidatesOf([elsewhere])[0]?.id ?? '';
    expect(planned([renewed, elsewhere], { [id]: true, [sha256(NEW.spki)]: false })).toEqual([
      'www.pem',
    ]);
  });

  it('keeps the issuers of what was chosen, each once', () => {
    const candidates = candidatesOf([renewed, elsewhere]);
    expect(arrangedTogether(candidates).servers).toHaveLength(2);
    expect(arrangedTogether(candidates).issuers).toEqual([]);
  });
});
