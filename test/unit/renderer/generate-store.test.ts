/** What is kept of dropped files: so many things and no more, and of passwords nothing. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadReply, ReadRequest } from '../../../renderer/store/material-reader.ts';
import type { MaterialFile } from '../../../shared/material/material.ts';

type Store = typeof import('../../../renderer/store/material-store.ts');

let store: Store;
let read: (request: ReadRequest) => Pick<MaterialFile, 'items' | 'locked'>;
let asked: ReadRequest[];
let readFolder: () => Promise<unknown>;

beforeEach(async () => {
  vi.resetModules();
  asked = [];
  read = () => ({ items: [], locked: null });
  readFolder = () => Promise.resolve({ kind: 'left' });
  vi.stubGlobal('window', { daneInspector: { readFolder: () => readFolder() } });
  vi.stubGlobal('Worker', FakeWorker);
  store = await import('../../../renderer/store/material-store.ts');
  return () => {
    vi.unstubAllGlobals();
  };
});

class FakeWorker {
  #tell: (message: { readonly data: ReadReply }) => void = () => undefined;

  addEventListener(type: string, listener: (message: { readonly data: ReadReply }) => void): void {
    if (type === 'message') this.#tell = listener;
  }

  postMessage(request: ReadRequest): void {
    asked.push(request);
    const { id, name } = request;
    const answer = read(request);
    queueMicrotask(() => {
      this.#tell({ data: { id, file: { name, problems: [], ...answer } } });
    });
  }

  terminate(): void {
    this.#tell = () => undefined;
  }
}

const files = (...names: string[]): File[] =>
  names.map((name) => Object.assign(new File(['x'], name), { webkitRelativePath: '' }));

const key = (fingerprint: string): MaterialFile['items'][number] => ({
  kind: 'key',
  fingerprint,
  origin: 'public-key',
  spki: Uint8Array.of(1),
  keyType: 'Ed25519',
  names: [],
  subject: null,
});

const kept = () => store.useMaterials.getState().files;

describe('dropped files', () => {
  it('are kept to a bound on certificates and keys, and each says what of it was left out', async () => {
    read = ({ name }) => ({
      items: Array.from({ length: 4000 }, (_, index) => key(`${name} ${index}`)),
      locked: null,
    });
    store.takeFiles(files('a', 'b', 'c', 'd'));
    await vi.waitFor(() => {
      expect(kept().every(({ phase }) => phase === 'read')).toBe(true);
    });
    expect(kept().map(({ items }) => items.length)).toEqual([4000, 4000, 2000, 0]);
    expect(kept().map(({ problems }) => problems[0] ?? null)).toEqual([
      null,
      null,
      'No more than 10,000 certificates and keys are kept at a time: 2,000 of this file were left out.',
      'No more than 10,000 certificates and keys are kept at a time: 4,000 of this file were left out.',
    ]);
  });

  it('keep nothing of a password, and stand as locked while it is tried', async () => {
    read = ({ password }) => ({
      items: [],
      locked: password === null ? 'password-needed' : 'password-wrong',
    });
    store.takeFiles(files('a.p12'));
    await vi.waitFor(() => {
      expect(kept()[0]?.phase).toBe('locked');
    });
    store.givePassword(kept()[0]?.id ?? 0, 'tr0ub4dor');
    expect(kept()[0]).toMatchObject({ phase: 'waiting', locked: 'password-needed' });
    expect(JSON.stringify(store.useMaterials.getState())).not.toContain('tr0ub4dor');
    await vi.waitFor(() => {
      expect(kept()[0]).toMatchObject({ phase: 'locked', locked: 'password-wrong' });
    });
    expect(asked.map(({ password }) => password)).toEqual([null, 'tr0ub4dor']);
    expect(JSON.stringify(store.useMaterials.getState())).not.toContain('tr0ub4dor');
  });
});

it('a folder that cannot be asked for is told, and nothing is lost', async () => {
  readFolder = () => Promise.reject(new Error('no answer'));
  await store.chooseFolder();
  expect(store.useMaterials.getState().problems).toEqual([
    'The program could not read the folder.',
  ]);
});
