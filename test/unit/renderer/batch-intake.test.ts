/** Files that should hold a list of domains, from whatever wrote them. */
import { beforeAll, describe, expect, it, vi } from 'vitest';

type Intake = typeof import('../../../renderer/store/batch-intake.ts');

let intake: Intake;
beforeAll(async () => {
  vi.stubGlobal('window', { daneInspector: {} });
  intake = await import('../../../renderer/store/batch-intake.ts');
});

const LIST = 'bücher.example\r\nb.example\r\n';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const swapped = (text: string): Buffer => utf16(text).swap16();

describe('a list', () => {
  it.each([
    ['UTF-8', Buffer.from(LIST)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LIST}`)],
    ['UTF-16 with a mark', utf16(`\ufeff${LIST}`)],
    ['UTF-16 the other way round with a mark', swapped(`\ufeff${LIST}`)],
    ['UTF-16 without a mark', utf16(LIST)],
    ['UTF-16 the other way round without a mark', swapped(LIST)],
    ['what Windows wrote before', Buffer.from(LIST, 'latin1')],
  ])('may be %s', (_what, octets) => {
    expect(intake.decodeList(new Uint8Array(octets))).toBe(LIST);
  });

  it.each([
    ['an empty file', ''],
    ['one letter', 'a'],
  ])('may be %s', async (_what, text) => {
    expect(await intake.readListFile(new File([text], 'list.txt'))).toEqual({ ok: true, text });
  });
});

describe('a file that is none', () => {
  it('because it is no text', async () => {
    const image = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    const read = await intake.readListFile(new File([image], 'x.png'));
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.message).toContain('x.png is no text');
  });

  it('because it is too large, which is known before it is read', async () => {
    const file = new File(['a'], 'big.txt');
    Object.defineProperty(file, 'size', { value: 8 * 1024 * 1024 + 1 });
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new Error('must not be read'));
    const read = await intake.readListFile(file);
    expect(!read.ok && read.message).toContain('big.txt is too large');
  });

  it('because it cannot be read', async () => {
    const file = new File(['a'], 'folder');
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new Error('NotReadableError'));
    const read = await intake.readListFile(file);
    expect(!read.ok && read.message).toContain('folder could not be read');
  });
});
