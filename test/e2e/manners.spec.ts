/** What is expected of any program on a desktop: one window, links, menus, keys, sizes, contrast, and faults told. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { COMMANDS, SYSTEM_COMMANDS } from '../../shared/ipc/commands.ts';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { chooseTheme, launch, resize, startAgain, type Launched } from './launch.ts';
import { OutboundPage } from './pages/outbound-page.ts';
import { SettingsPage } from './pages/settings-page.ts';

const SCREENSHOTS = join('test-results', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'dane-manners-'));
const file = (name: string): string => join(folder, name);

// Each goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let launched: Launched;
let settings: SettingsPage;

async function start(...args: string[]): Promise<void> {
  launched = await launch(args, folder);
  settings = new SettingsPage(launched);
}

test.beforeAll(() => {
  mkdirSync(SCREENSHOTS, { recursive: true });
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

test.describe('a start', () => {
  test('with damaged settings says so once, and keeps the file', async () => {
    writeFileSync(file('settings.json'), '{"theme":"dark","rec');
    await start('--lab');
    await expect(settings.notices).toHaveCount(1);
    await expect(settings.notices).toContainText(file('settings.json.damaged'));
    expect(readFileSync(file('settings.json.damaged'), 'utf8')).toBe('{"theme":"dark","rec');
    await launched.page.screenshot({ path: join(SCREENSHOTS, 'notice-damaged.png') });
    await settings.notices.getByRole('button', { name: 'Dismiss' }).click();
    await expect(settings.notices).toHaveCount(0);
    await launched.close();
    await start('--lab');
    await expect(settings.notices).toHaveCount(0);
  });

  test('with an option that nobody knows says so, and asks before servers are asked', async () => {
    await launched.close();
    await start('--lab', '--resolvr=192.0.2.53', 'good.lab');
    await expect(settings.notices).toContainText('“--resolvr” on the command line');
    await expect(settings.question).toContainText('good.lab');
    await expect(launched.inspector.verdict).toHaveCount(0);
    await settings.answer('Inspect').click();
    await expect(launched.inspector.verdictWord).toHaveText('Secure');
  });

  test('by a link asks before anything else, and takes nothing of the link but the domain', async () => {
    await launched.close();
    await start('--lab', 'dane-inspector://good.lab', '--resolver=192.0.2.53', 'stale.lab');
    await expect(settings.question).toContainText('good.lab');
    await expect(launched.inspector.verdict).toHaveCount(0);
    await settings.answer('Inspect').click();
    await expect(launched.inspector.field).toHaveValue('good.lab');
    await expect(launched.inspector.verdictWord).toHaveText('Secure');
    await settings.open();
    await expect(settings.row('resolver')).not.toContainText('started with');
  });

  test('that cannot have the folder works all the same, and says that it keeps nothing', async () => {
    await launched.close();
    // As on a full disk: the lock cannot be made, and no other window has it.
    mkdirSync(file('SingletonLock'));
    const before = readFileSync(file('settings.json'), 'utf8');
    await start('--lab');
    await expect(settings.notices).toContainText('is forgotten when this window is closed');
    await expect(settings.notices).toContainText(`${folder} cannot be locked`);
    await launched.inspector.inspect('good.lab');
    await launched.close();
    rmdirSync(file('SingletonLock'));
    expect(readFileSync(file('settings.json'), 'utf8')).toBe(before);
    await start('--lab');
    await expect(settings.notices).toHaveCount(0);
  });

  test('with a place that no screen has is one that can be seen', async () => {
    await launched.close();
    const window = { x: 31_000, y: -31_000, width: 30_000, height: 30_000, maximized: false };
    writeFileSync(file('settings.json'), JSON.stringify({ window }));
    await start('--lab');
    const [bounds, area] = await launched.app.evaluate(({ BrowserWindow, screen }) => [
      BrowserWindow.getAllWindows()[0]?.getBounds(),
      screen.getPrimaryDisplay().workArea,
    ]);
    expect(bounds?.width).toBeLessThanOrEqual(area?.width ?? 0);
    expect(bounds?.y).toBeGreaterThanOrEqual(area?.y ?? 0);
  });

  test('puts the window where it was, at the size it had', async () => {
    await launched.close();
    await start('--lab');
    const place = { x: 40, y: 30, width: 1100, height: 700 };
    await launched.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
    }, place);
    await launched.close();
    await start('--lab');
    const bounds = await launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(bounds).toEqual(place);
  });
});

test.describe('another start', () => {
  test('with options has a window of its own, which leaves the first one’s settings alone', async () => {
    const before = readFileSync(file('settings.json'), 'utf8');
    const guest = await launch(['--lab', '--timeout=1'], folder);
    const page = new SettingsPage(guest);
    const own = await guest.app.evaluate(({ app }) => app.getPath('userData'));
    expect(own).not.toBe(folder);
    expect(existsSync(own)).toBe(true);
    await page.open();
    await expect(guest.page.getByText('Another window of DANE Inspector was open')).toBeVisible();
    await page.type('ehloName', 'guest.example');
    await expect(page.reset('ehloName')).toBeVisible();
    await guest.page.screenshot({ path: join(SCREENSHOTS, 'settings-guest.png') });
    expect(guest.complaints).toEqual([]);
    await guest.close();
    expect(readFileSync(file('settings.json'), 'utf8')).toBe(before);
    expect(await windows()).toBe(1);
    // Nothing of it is left when the first window has been opened anew.
    await launched.close();
    await start('--lab');
    expect(existsSync(own)).toBe(false);
  });

  test('with a domain asks first where the open window asks in a way of its own', async () => {
    const { code } = await again('good.lab');
    expect(code).toBe(0);
    await expect(settings.question).toContainText('good.lab');
    await expect(settings.question).toContainText('started with --lab');
    await settings.answer('Leave it').click();
    await expect(settings.question).toHaveCount(0);
  });

  test('with a domain hands it to the open window, which inspects it at once', async () => {
    await launched.close();
    // Nothing is ever asked beyond this machine: the hints that are kept name a server here.
    const rootHints = '. 3600 IN NS here.test.\nhere.test. 3600 IN A 127.0.0.1\n';
    writeFileSync(
      file('settings.json'),
      JSON.stringify({ preferences: { ...DEFAULT_PREFERENCES, rootHints, timeoutSeconds: 0.5 } }),
    );
    await start();
    const { code } = await again('Example.ORG');
    expect(code).toBe(0);
    await expect(launched.inspector.field).toHaveValue('example.org');
    await expect(launched.inspector.verdict).toHaveAttribute('data-phase', 'finished');
    await expect(settings.question).toHaveCount(0);
    expect(await windows()).toBe(1);
  });

  test('with a link hands it over, and the person is asked; the safe answer is the one at hand', async () => {
    const { page, inspector } = launched;
    expect((await again('dane-inspector://linked.example/')).code).toBe(0);
    await expect(settings.question).toContainText('linked.example');
    await expect(settings.question).toContainText('Any web page can hold such a link');
    await expect(settings.answer('Leave it')).toBeFocused();
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(launched, theme);
      await page.screenshot({ path: join(SCREENSHOTS, `link-question-${theme}.png`) });
    }
    await page.keyboard.press('Enter');
    await expect(settings.question).toHaveCount(0);
    await expect(inspector.field).toHaveValue('example.org');
    await again('dane-inspector://linked.example');
    // While the question is open nothing takes its place.
    await again('dane-inspector://other.example');
    await expect(settings.question).toContainText('linked.example');
    await settings.answer('Inspect').click();
    await expect(inspector.field).toHaveValue('linked.example');
    await expect(settings.question).toContainText('other.example');
    await page.keyboard.press('Escape');
    await expect(settings.question).toHaveCount(0);
  });

  test('with a link that holds anything but a domain does nothing but say so', async () => {
    const hostile = [
      'dane-inspector://x/--option',
      'dane-inspector://user@evil.example',
      'dane-inspector://evil%2eexample',
      `dane-inspector://${'a'.repeat(5000)}`,
    ];
    for (const link of hostile) {
      expect((await again(link, '--lab')).code).toBe(0);
      await expect(settings.notices, link.slice(0, 40)).toContainText('named no domain');
      await settings.notices.getByRole('button', { name: 'Dismiss' }).click();
      await expect(settings.question).toHaveCount(0);
    }
    await expect(launched.inspector.field).toHaveValue('linked.example');
  });

  test('with nothing shows the open window', async () => {
    expect((await again()).code).toBe(0);
    expect(await windows()).toBe(1);
  });
});

/** A busy machine takes its time. */
async function again(...args: string[]): Promise<{ readonly code: number | null }> {
  return startAgain(folder, args, 30_000);
}

async function windows(): Promise<number> {
  return launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test.describe('the menu', () => {
  test('has every command with its key', async () => {
    const lines = await settings.menuLines();
    for (const { label, keys } of [...Object.values(COMMANDS), ...Object.values(SYSTEM_COMMANDS)]) {
      const line = lines.find((each) => each.label === label);
      expect(line, label).toBeDefined();
      if (label !== SYSTEM_COMMANDS['full-screen'].label) {
        expect(line?.keys ?? null, label).toBe(keys[0] ?? null);
      }
    }
  });

  test('has the recent domains, newest first, and inspects the one that is chosen', async () => {
    const { inspector } = launched;
    const labels = (await settings.menuLines()).map(({ label }) => label);
    const at = labels.indexOf('Recent domains');
    expect(labels.slice(at + 1, at + 3)).toEqual(['linked.example', 'example.org']);
    await settings.menu('&Inspection', 'Recent domains', 'example.org');
    await expect(inspector.field).toHaveValue('example.org');
    await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  });

  test('opens each screen', async () => {
    for (const [menu, line, heading] of [
      ['&Inspection', 'Settings', 'Settings'],
      ['&Records', 'Rollover', 'Rollover'],
    ] as const) {
      await settings.menu(menu, line);
      await expect(
        launched.page.getByRole('heading', { name: heading, exact: true }),
      ).toBeVisible();
    }
  });

  test('shows About with all versions, as text for a bug report', async () => {
    await settings.menu('&Help', 'About DANE Inspector');
    await expect(settings.about).toBeInViewport();
    await expect(settings.about).toContainText('There is no telemetry');
    await settings.about.getByRole('button', { name: /^Copy for a bug report/ }).click();
    const electron = await launched.app.evaluate(() => process.versions['electron']);
    await expect
      .poll(() => launched.app.evaluate(({ clipboard }) => clipboard.readText()))
      .toMatch(
        new RegExp(
          `^DANE Inspector \\d+\\.\\d+\\.\\d+\nElectron ${electron}\nChromium .+\nNode .+\nSystem .+$`,
        ),
      );
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(launched, theme);
      await launched.page.screenshot({ path: join(SCREENSHOTS, `about-${theme}.png`) });
    }
  });
});

test.describe('the keys', () => {
  test('are listed by F1, all of them', async () => {
    const { page } = launched;
    await page.keyboard.press('F1');
    for (const { label, keys } of [...Object.values(COMMANDS), ...Object.values(SYSTEM_COMMANDS)]) {
      if (keys.length > 0) await expect(settings.shortcut(label)).toBeVisible();
    }
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(launched, theme);
      await page.screenshot({ path: join(SCREENSHOTS, `shortcuts-${theme}.png`) });
      expect(await seriousViolations()).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(settings.shortcuts).toHaveCount(0);
  });

  test('take a question mark for text where text is typed', async () => {
    const { page, inspector } = launched;
    await inspector.field.fill('');
    await page.keyboard.type('?');
    await expect(inspector.field).toHaveValue('?');
    await expect(settings.shortcuts).toHaveCount(0);
    await inspector.field.blur();
    await page.keyboard.press('?');
    await expect(settings.shortcuts).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test.describe('the size of the page', () => {
  const size = (): Promise<number | undefined> =>
    launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    );

  test('goes from a half to the double by keys and menu, and is kept', async () => {
    const { page } = launched;
    for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('Control+-');
    await expect.poll(size).toBeCloseTo(0.5);
    await settings.menu('&View', 'Normal size');
    await expect.poll(size).toBe(1);
    for (let presses = 0; presses < 12; presses += 1) await settings.menu('&View', 'Larger');
    await expect.poll(size).toBe(2);
    await launched.close();
    await start('--lab');
    await expect.poll(size).toBe(2);
  });

  test('at the double leaves nothing cut off and everything within reach', async () => {
    const { page, inspector } = launched;
    await launched.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800);
    });
    await page.waitForFunction(() => window.innerWidth === 640);
    const shoot = async (name: string): Promise<void> => {
      await settings.picture(join(SCREENSHOTS, `zoomed-${name}.png`));
      const outside = await page.evaluate(() =>
        [...document.querySelectorAll('.top-bar *, .rail *, .verdict *, .setting *, .notice *')]
          .filter((element) => {
            const { left, right, width } = element.getBoundingClientRect();
            return width > 0 && (right > window.innerWidth + 1 || left < -1);
          })
          .map(({ className, tagName }) => `${tagName} ${String(className)}`),
      );
      expect(outside, name).toEqual([]);
    };
    await shoot('start');
    await inspector.inspect('twohosts.lab');
    await shoot('inspect');
    await inspector.unfoldFindings();
    await inspector.finding('tlsa-mismatch').scrollIntoViewIfNeeded();
    await shoot('findings');
    await settings.open();
    await shoot('settings');
    await page.keyboard.press('F1');
    await shoot('shortcuts');
    await page.keyboard.press('Escape');
    for (const [keys, name] of [
      ['Control+2', 'generate'],
      ['Control+3', 'rollover'],
      ['Control+4', 'batch'],
      ['Control+5', 'outbound'],
      ['Control+6', 'watch'],
    ] as const) {
      await page.keyboard.press(keys);
      await shoot(name);
    }
    const outbound = new OutboundPage(page);
    await outbound.open();
    await outbound.start({
      ...{ nameServer: '127.25.241.53#5397', addresses: '127.25.241.1-127.25.241.20' },
      ...{ smtpPort: '42997', listenPort: '42997' },
    });
    await shoot('outbound-running');
    expect(await outbound.crowded()).toEqual([]);
    await outbound.stop();
    await page.keyboard.press('Control+0');
    await expect.poll(size).toBe(1);
  });
});

test.describe('what a person’s desktop asks for', () => {
  test('more contrast is given, and axe finds nothing serious with it', async () => {
    const { page, inspector } = launched;
    await resize(launched, 1280, 800);
    const contrast = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['contrast']);
    expect(await contrast()).toBe('normal');
    await page.emulateMedia({ contrast: 'more' });
    await expect.poll(contrast).toBe('more');
    await inspector.inspect('twohosts.lab');
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(launched, theme);
      await page.screenshot({ path: join(SCREENSHOTS, `contrast-${theme}.png`) });
      expect(await seriousViolations(), theme).toEqual([]);
    }
    await page.emulateMedia({ contrast: 'no-preference' });
    await expect.poll(contrast).toBe('normal');
  });

  test('its own colours are used, and status is still told', async () => {
    const { page, inspector } = launched;
    await chooseTheme(launched, 'light');
    await page.emulateMedia({ forcedColors: 'active' });
    const ok = await page.evaluate(() => {
      const probe = document.createElement('i');
      document.body.append(probe);
      const colour = (value: string): string => {
        probe.style.color = value;
        return getComputedStyle(probe).color;
      };
      const pair = [colour('var(--err)'), colour('CanvasText')];
      probe.remove();
      return pair;
    });
    expect(ok[0]).toBe(ok[1]);
    await expect(inspector.verdictWord).toHaveText('Degraded');
    await page.screenshot({ path: join(SCREENSHOTS, 'forced-inspect.png') });
    await settings.open();
    await page.screenshot({ path: join(SCREENSHOTS, 'forced-settings.png') });
    await page.emulateMedia({ forcedColors: 'none' });
  });

  test('nothing moves where motion is to be reduced', async () => {
    const { page, inspector } = launched;
    // Whatever has or begins a movement from now on, on any screen.
    const moving = (): Promise<readonly string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element);
            return animationName !== 'none' || /[1-9]/.test(transitionDuration);
          })
          .map(({ className, tagName }) => `${tagName} ${String(className)}`),
      );
    expect(await moving()).not.toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await settings.open();
    expect(await moving()).toEqual([]);
    await inspector.start('twohosts.lab');
    await expect(inspector.verdict).toHaveAttribute('data-phase', 'running');
    expect(await moving()).toEqual([]);
    await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
    expect(await moving()).toEqual([]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    for (const keys of ['Control+2', 'Control+3', 'Control+4', 'Control+6', 'F1']) {
      await page.keyboard.press(keys);
      expect(await moving(), keys).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

test('a disk that takes nothing is told once, and the window goes on', async () => {
  rmSync(file('settings.json'));
  // Even for root a folder is nothing that a file could take the place of.
  mkdirSync(join(file('settings.json'), 'full'), { recursive: true });
  await settings.open();
  await settings.type('ehloName', 'one.example');
  await expect(settings.notices).toHaveCount(1);
  await expect(settings.notices).toContainText('What you change is not kept');
  await settings.notices.getByRole('button', { name: 'Dismiss' }).click();
  await settings.type('ehloName', 'two.example');
  await expect(settings.control('ehloName')).toHaveValue('two.example');
  await expect(settings.reset('ehloName')).toBeVisible();
  await expect(settings.notices).toHaveCount(0);
});

/** Electron cannot open the second page in which axe would otherwise merge frames: legacy mode. */
async function seriousViolations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
