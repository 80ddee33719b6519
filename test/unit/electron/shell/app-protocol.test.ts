/** What the window's own files come with: a policy for the page, and one for its workers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));

const { serveApp } = await import('../../../../electron/shell/app-protocol.ts');

let folder = '';
let answer: (request: { readonly url: string }) => Promise<Response>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-app-'));
  writeFileSync(join(folder, 'index.html'), '<html></html>');
  writeFileSync(join(folder, 'worker.js'), '');
  const protocol = {
    handle: (_scheme: string, handler: typeof answer) => {
      answer = handler;
    },
  };
  serveApp({ protocol } as unknown as Session, folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const policyOf = async (path: string): Promise<string> => {
  const response = await answer({ url: `app://inspector/${path}` });
  return response.headers.get('content-security-policy') ?? '';
};

it('the page gets a policy that allows no connection', async () => {
  expect(await policyOf('index.html')).toContain("default-src 'none'");
  expect(await policyOf('index.html')).not.toContain('connect-src');
});

it('a script gets one too, as a worker obeys its own and not that of the page', async () => {
  expect(await policyOf('worker.js')).toBe("default-src 'none'; script-src 'self'");
});

it('what lies outside the folder is not there', async () => {
  for (const path of ['%2e%2e/secret.js', '..%2fsecret.js', 'none.js']) {
    expect((await answer({ url: `app://inspector/${path}` })).status).toBe(404);
  }
});
