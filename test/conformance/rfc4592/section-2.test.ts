/** RFC 4592 §2 to §4: which names are wildcards, and what one may answer for. */
import { describe, expect, it } from 'vitest';
import { isWildcard } from '../../../shared/dns/name.ts';
import {
  proveNameError,
  proveNoData,
  proveWildcardExpansion,
} from '../../../shared/dnssec/denial.ts';
import { verifyRRset, type SignatureVerdict } from '../../../shared/dnssec/signature.ts';
import { name, records, type, validationAt } from '../signed-answers/answers.ts';
import { denial, key, nsec, nsec3, nsec3Gap, zone } from '../signed-answers/denial.ts';
import { makeSigned } from '../signed-answers/signer.ts';

const noName = (proof: ReturnType<typeof denial>, owner: string) =>
  proveNameError(proof, name(owner)).status;
const noData = (proof: ReturnType<typeof denial>, owner: string, mnemonic: string) =>
  proveNoData(proof, name(owner), type(mnemonic)).status;

function verify(owner: string, labels: number, apex = zone): SignatureVerdict {
  const address = records(`${owner} 3600 IN A 192.0.2.1`);
  const keys = { zone: apex, keys: [key.dnskey] };
  return verifyRRset(makeSigned(address, key, apex, { labels }), keys, validationAt());
}

function expansionOf(owner: string, labels: number): readonly (string | undefined)[] | string {
  const verdict = verify(owner, labels);
  if (verdict.status === 'bogus') return 'bogus';
  const { expansion } = verdict;
  return expansion === null ? 'none' : [expansion.wildcard.key, expansion.nextCloser.key];
}

describe('§2.1.1: a wildcard is a name whose left-most label is one asterisk', () => {
  it.each([
    ['*.example.', true],
    ['\\*.example.', true],
    ['\\042.example.', true],
    ['a.*.example.', false],
    ['**.example.', false],
    ['a*.example.', false],
    ['example.', false],
    ['.', false],
  ])('%s: %s', (owner, expected) => {
    expect(isWildcard(name(owner))).toBe(expected);
  });

  it('and an asterisk further right is a label like any other', () => {
    expect(expansionOf('a.*.example.', 3)).toBe('none');
    expect(expansionOf('a.*.example.', 4)).toBe('bogus');
    expect(expansionOf('a.*.example.', 2)).toEqual(['*.*.example', 'a.*.example']);
  });

  it('may be the apex of a zone, whose names are not expansions of it', () => {
    expect(verify('*.example.', 1, name('*.example.'))).toMatchObject({
      status: 'valid',
      expansion: null,
    });
    expect(verify('a.*.example.', 3, name('*.example.'))).toMatchObject({ expansion: null });
    expect(verify('a.*.example.', 0, name('*.example.')).status).toBe('bogus');
  });
});

describe('§2.2.3: a wildcard asked for by its own name', () => {
  it('is no expansion', () => {
    expect(expansionOf('*.example.', 1)).toBe('none');
    expect(expansionOf('*.a.example.', 2)).toBe('none');
  });

  it('is one when a wildcard further up answers for it', () => {
    expect(expansionOf('*.a.example.', 1)).toEqual(['*.example', 'a.example']);
  });

  it('has no data where its own record says so', () => {
    const own = denial(nsec('*.example.', 'a.example.', 'TXT'));
    expect(noData(own, '*.example.', 'A')).toBe('secure');
    expect(noData(own, '*.example.', 'TXT')).toBe('bogus');
  });
});

describe('§2.2.2: an empty non-terminal exists, so no wildcard answers for it', () => {
  // host.a.b.example exists: a.b.example and b.example are empty non-terminals.
  const gap = nsec('example.', 'host.a.b.example.', 'SOA NS');
  it('with NSEC', () => {
    expect(noData(denial(gap), 'b.example.', 'A')).toBe('secure');
    expect(noName(denial(gap), 'b.example.')).toBe('bogus');
    const expansion = {
      wildcard: name('*.example.'),
      closestEncloser: zone,
      nextCloser: name('b.example.'),
    };
    expect(proveWildcardExpansion(denial(gap), expansion).status).toBe('bogus');
  });

  it('with NSEC3', () => {
    expect(noData(denial(nsec3('b.example.', '')), 'b.example.', 'A')).toBe('secure');
  });
});

describe('§3.3.1: the closest encloser decides which wildcard it is', () => {
  it('so that one further up does not answer past an existing name', () => {
    const gaps = [nsec('a.example.', 'z.example.', 'A'), nsec('example.', '*.example.', 'SOA')];
    // The closest encloser of x.a.example is a.example, so *.a.example has to be denied.
    expect(noName(denial(...gaps), 'x.a.example.')).toBe('secure');
    const wildcardBelow = nsec('*.a.example.', 'z.example.', 'A');
    expect(noName(denial(wildcardBelow), 'x.a.example.')).toBe('bogus');
  });

  it('and the denied name is the next closer one, not only the name itself', () => {
    const expansion = {
      wildcard: name('*.example.'),
      closestEncloser: zone,
      nextCloser: name('b.example.'),
    };
    const covers = denial(nsec('a.example.', 'c.example.', 'A'));
    expect(proveWildcardExpansion(covers, expansion).status).toBe('secure');
    const onlyTheName = denial(nsec('a.b.example.', 'c.example.', 'A'));
    expect(proveWildcardExpansion(onlyTheName, expansion).status).toBe('bogus');
    expect(proveWildcardExpansion(denial(nsec3Gap('b.example.')), expansion).status).toBe('secure');
    expect(proveWildcardExpansion(denial(nsec3Gap('a.b.example.')), expansion).status).toBe(
      'bogus',
    );
  });

  it('at the apex as anywhere', () => {
    expect(expansionOf('a.b.example.', 1)).toEqual(['*.example', 'b.example']);
    expect(expansionOf('a.b.example.', 0)).toBe('bogus');
  });
});

describe('§4.2: a wildcard with NS is no delegation of what it covers', () => {
  it('and denies types no more than any cut does', () => {
    const gap = nsec('a.example.', 'z.example.', 'A');
    const source = nsec('*.example.', 'a.example.', 'NS');
    expect(noData(denial(gap, source), 'n.example.', 'A')).toBe('bogus');
  });
});

describe('§4.9: a wildcard that is an empty non-terminal answers with no data', () => {
  // x.*.example exists, and nothing at *.example itself.
  const gap = nsec('x.*.example.', 'z.example.', 'A');
  const above = nsec('example.', 'x.*.example.', 'SOA NS');
  it('with NSEC', () => {
    expect(noData(denial(gap, above), 'b.example.', 'A')).toBe('secure');
    expect(noName(denial(gap, above), 'b.example.')).toBe('bogus');
    expect(noData(denial(gap), 'b.example.', 'A')).toBe('bogus');
    expect(noData(denial(gap, above), 'x.*.example.', 'A')).toBe('bogus');
  });

  it('with NSEC3', () => {
    const proof = denial(
      nsec3('example.', 'SOA NS'),
      nsec3Gap('b.example.'),
      nsec3('*.example.', ''),
    );
    expect(noData(proof, 'b.example.', 'A')).toBe('secure');
  });
});
