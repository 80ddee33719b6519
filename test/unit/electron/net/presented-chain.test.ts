// The certificate list out of hostile handshake bytes: bounded, and null rather than a crash.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CHAIN_BYTES, readPresentedChain } from '../../../../electron/net/presented-chain.ts';

const number = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => (value >>> (8 * (size - 1 - index))) & 0xff);
const vector = (size: number, content: readonly number[]): number[] => [
  ...number(content.length, size),
  ...content,
];
const record = (type: number, content: readonly number[]): number[] => [
  type,
  3,
  3,
  ...vector(2, content),
];
const handshake = (type: number, body: readonly number[]): number[] => [type, ...vector(3, body)];
const serverHello12 = handshake(2, [3, 3, ...new Array<number>(32).fill(1), 0, 0xc0, 0x2b, 0]);
const certificates12 = (list: readonly (readonly number[])[]): number[] =>
  handshake(
    11,
    vector(
      3,
      list.flatMap((certificate) => vector(3, certificate)),
    ),
  );

describe('the presented list', () => {
  it('is read from a TLS 1.2 handshake, whatever the records cut it into', () => {
    const flight = [
      ...serverHello12,
      ...certificates12([
        [1, 2, 3],
        [4, 5],
      ]),
    ];
    for (let cut = 1; cut < flight.length; cut += 1) {
      const bytes = Uint8Array.from([
        ...record(22, flight.slice(0, cut)),
        ...record(22, flight.slice(cut)),
      ]);
      expect(readPresentedChain(bytes, null)).toEqual({
        certificates: [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)],
        complete: true,
      });
    }
  });

  it('is null when the bytes end before it', () => {
    const whole = record(22, [...serverHello12, ...certificates12([[1, 2, 3]])]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(readPresentedChain(Uint8Array.from(whole.slice(0, length)), null)).toBeNull();
    }
  });

  it('is null when an inner length runs over', () => {
    const list = [0, 0, 9, 1, 2, 3];
    const bytes = record(22, [...serverHello12, ...handshake(11, vector(3, list))]);
    expect(readPresentedChain(Uint8Array.from(bytes), null)).toBeNull();
  });

  it('is cut at 100 KiB and said to be incomplete', () => {
    const large = new Array<number>(60 * 1024).fill(7);
    const flight = [...serverHello12, ...certificates12([large, large])];
    const bytes: number[] = [];
    for (let at = 0; at < flight.length; at += 16_384) {
      bytes.push(...record(22, flight.slice(at, at + 16_384)));
    }
    const chain = readPresentedChain(Uint8Array.from(bytes), null);
    expect(chain?.complete).toBe(false);
    expect(chain?.certificates).toHaveLength(1);
    expect(chain?.certificates[0]?.length).toBeLessThanOrEqual(MAX_CHAIN_BYTES);
  });

  it('is not taken from behind a TLS 1.2 ChangeCipherSpec', () => {
    const bytes = [
      ...record(22, serverHello12),
      ...record(20, [1]),
      ...record(22, certificates12([[1]])),
    ];
    expect(readPresentedChain(Uint8Array.from(bytes), null)).toBeNull();
  });

  it('never throws, whatever came', () => {
    const valid = record(22, [...serverHello12, ...certificates12([[1, 2, 3]])]);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .tuple(fc.nat(valid.length - 1), fc.nat(255))
            .map(([at, byte]) => Uint8Array.from(valid.map((old, i) => (i === at ? byte : old)))),
        ),
        fc.option(fc.uint8Array({ maxLength: 48 })),
        (bytes, secret) => {
          readPresentedChain(bytes, secret);
        },
      ),
      { numRuns: 500 },
    );
  });
});
