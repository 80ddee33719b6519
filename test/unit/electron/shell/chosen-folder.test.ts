/** A folder that a page names: read when the person says so, after a question that cannot be dressed up. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const asked: Record<string, unknown>[] = [];
let answer = 1;
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: (_window: unknown, question: Record<string, unknown>) => {
      asked.push(question);
      return Promise.resolve({ response: answer });
    },
  },
}));

const { folderQuestion, readChosenFolder } =
  await import('../../../../electron/shell/chosen-folder.ts');
const { proposedName } = await import('../../../../electron/shell/save-file.ts');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-chosen-'));
  asked.length = 0;
  answer = 1;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const window = {} as BrowserWindow;

describe('a folder that was dropped', () => {
  it('is asked about when it holds links, the harmless answer first at hand', async () => {
    writeFileSync(join(folder, 'cert1.pem'), 'x');
    mkdirSync(join(folder, 'live'));
    symlinkSync('../cert1.pem', join(folder, 'live', 'cert.pem'));
    const path = join(folder, 'live');
    expect(await readChosenFolder(window, path)).toEqual({ kind: 'left' });
    expect(asked[0]).toMatchObject({ defaultId: 1, cancelId: 1 });
    answer = 0;
    expect(await readChosenFolder(window, path)).toMatchObject({
      kind: 'read',
      files: [{ name: 'live/cert.pem' }],
    });
  });

  it('is not asked about where there is no link, or no whole path', async () => {
    answer = 0;
    writeFileSync(join(folder, 'cert.pem'), 'x');
    for (const path of [folder, '', '.', 'test', join(folder, 'missing')]) {
      expect(await readChosenFolder(window, path)).toEqual({ kind: 'left' });
    }
    expect(asked).toEqual([]);
  });
});

describe('the question', () => {
  it('says that the whole folder is read, and how many links there are', () => {
    const links = Array.from({ length: 1234 }, (_, index) => `${index} → x`);
    const { message, detail } = folderQuestion('/srv/live', links);
    expect(message).toBe('Read the folder “live” and follow its links?');
    expect(detail).toContain('All files in /srv/live would be read');
    expect(detail).toContain('and 1,226 more');
  });

  it('shows what would be unseen in a name, and has bounded lines', () => {
    const spoofed = `/home/me/a\n\nIt is safe\u202egnp.${'x'.repeat(4000)}`;
    const { message, detail } = folderQuestion(spoofed, [`l\u2028k\r → ${'y'.repeat(4000)}`]);
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(message + detail).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/);
    expect(message).not.toContain('\n');
    expect(detail.split('\n')).toHaveLength(5);
    expect(Math.max(...detail.split('\n').map((line) => line.length))).toBeLessThan(250);
  });

  it('names the folder of all folders too', () => {
    expect(folderQuestion('/', ['a → b']).message).toContain('“/”');
  });
});

describe('the name proposed for a file', () => {
  it.each([
    ['tlsa.zone', 'tlsa.zone'],
    ['rollover-mx.bücher.example.ics', 'rollover-mx.bücher.example.ics'],
    ['/etc/cron.d/x', 'x'],
    ['..\\..\\x.sh', 'x.sh'],
    ['..', 'untitled'],
    ['.bashrc', 'bashrc'],
    ['tlsa\u202efdp.sh', 'tlsa-fdp.sh'],
    ['a\nb', 'a-b'],
    ['-rf', 'rf'],
  ])('%j becomes %j', (name, proposed) => {
    expect(proposedName(name)).toBe(proposed);
  });
});
