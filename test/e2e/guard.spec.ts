/** What the page may not do, tried from inside it. */
import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { launch, type Launched } from './launch.ts';

let launched: Launched;

test.beforeAll(async () => {
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
});

test('the page sees neither Node nor Electron, only the named methods', async () => {
  const seen = await launched.page.evaluate(() => ({
    require: typeof Reflect.get(window, 'require'),
    process: typeof Reflect.get(window, 'process'),
    methods: Object.keys(Reflect.get(window, 'daneInspector')).sort(),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    methods: [
      'addWatched',
      'appInfo',
      'batchRows',
      'cancelInspection',
      'changePreferences',
      'changeWatch',
      'checkResolvers',
      'commandBatch',
      'deleteHistory',
      'exportBatch',
      'exportPreferences',
      'forgetRecent',
      'importPreferences',
      'judgeWhatIf',
      'labDomains',
      'listHistory',
      'loadBatch',
      'lookAtHost',
      'lookNow',
      'onBatchChanged',
      'onDomainWaiting',
      'onFilesWaiting',
      'onInspectionEnded',
      'onInspectionEvent',
      'onMenuCommand',
      'onNoticesWaiting',
      'onOutboundChanged',
      'onWatchChanged',
      'onWatchShow',
      'openBatchRow',
      'openCase',
      'openHistory',
      'openLink',
      'readBatch',
      'readFolder',
      'readOutbound',
      'readPreferenceFile',
      'readSettings',
      'readWatch',
      'removeWatched',
      'repeatOutbound',
      'saveFile',
      'saveReport',
      'setTheme',
      'showCaseRun',
      'startFacts',
      'startInspection',
      'startOutbound',
      'stopOutbound',
      'takeDomain',
      'takeFiles',
      'takeNotices',
      'watchedRun',
      'writeClipboard',
      'zoomWindow',
    ],
  });
});

test('the window is sandboxed, isolated and without Node', async () => {
  const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return contents === undefined
      ? null
      : Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []);
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
});

test('no script from text, no style element, no request, no other window, no other page', async () => {
  const { page } = launched;
  const before = page.url();
  const tried = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.body.append(style);
    // Later, outside this evaluation: the inspector's own evaluations are let through the policy.
    const compiled = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          Reflect.construct(Function, ['return 1']);
          resolve(true);
        } catch {
          resolve(false);
        }
      });
    });
    const fetched = await fetch('https://www.rfc-editor.org/').then(
      () => true,
      () => false,
    );
    return {
      inlineRan: Reflect.get(window, 'inlineRan') === true,
      styled: getComputedStyle(document.body).outlineWidth === '7px',
      compiled,
      fetched,
      opened: window.open('https://www.rfc-editor.org/') !== null,
    };
  });
  expect(tried).toEqual({
    inlineRan: false,
    styled: false,
    compiled: false,
    fetched: false,
    opened: false,
  });
  await page.evaluate(() => {
    location.href = 'https://www.rfc-editor.org/';
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(before);
  expect(launched.app.windows()).toHaveLength(1);
});

test('permissions are denied', async () => {
  const states = await launched.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    location: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        () => resolve('denied'),
      );
    }),
  }));
  expect(states).toEqual({ notifications: 'denied', location: 'denied' });
});

test('the app’s protocol serves its own files and nothing outside its folder', async () => {
  const { app } = launched;
  const statuses = await app.evaluate(async ({ session }) => {
    const ask = async (url: string): Promise<number> => {
      try {
        return (await session.defaultSession.fetch(url, { bypassCustomProtocolHandlers: false }))
          .status;
      } catch {
        return 0;
      }
    };
    return {
      page: await ask('app://inspector/index.html'),
      above: await ask('app://inspector/..%2f..%2fpackage.json'),
      other: await ask('app://elsewhere/index.html'),
    };
  });
  expect(statuses.page).toBe(200);
  expect(statuses.above).not.toBe(200);
  expect(statuses.other).not.toBe(200);
  expect(existsSync('package.json')).toBe(true);
});

test('a message that is not as agreed is refused, and so is an address that is not the RFC editor’s', async () => {
  const answers = await launched.page.evaluate(async () => {
    const api = Reflect.get(window, 'daneInspector');
    const start = await api.startInspection({ domain: 'x'.repeat(5000), network: 'lab' }).then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    const links = await Promise.all(
      [
        'https://www.rfc-editor.org.example.net/',
        'http://www.rfc-editor.org/',
        'https://user@www.rfc-editor.org/',
        'file:///etc/passwd',
      ].map((address) => api.openLink({ address })),
    );
    return { start, links };
  });
  expect(answers.start).toMatch(/inspection:start/);
  expect(answers.links).toEqual(Array.from({ length: 4 }, () => ({ opened: false })));
});
