/** Pictures of the window at the sizes people have, for people to look at; they end in test-results. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 960, height: 800 },
];
const FOLDER = join('test-results', 'screenshots');

let launched: Launched;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
});

for (const { width, height } of SIZES) {
  for (const theme of ['light', 'dark'] as const) {
    test(`nothing is cut off at ${width} × ${height}, ${theme}`, async () => {
      const { inspector } = launched;
      await chooseTheme(launched, theme);
      await resize(launched, width, height);
      const shoot = async (name: string): Promise<void> => {
        const path = join(FOLDER, `${name}-${width}-${theme}.png`);
        await launched.page.screenshot({ path });
        expect(await overflowing(launched), name).toEqual([]);
      };
      for (const domain of [
        'good.lab',
        'stale.lab',
        'twohosts.lab',
        'plain.lab',
        'unsigned.lab',
        'expired.lab',
        'nomail.lab',
        'nodane.lab',
      ]) {
        await inspector.inspect(domain);
        await shoot(domain);
      }
      await inspector.inspect('denied.lab');
      await inspector.openFinding('ancestor-nxdomain');
      await shoot('ancestors');
      await inspector.inspect('twohosts.lab');
      await inspector.fixButton.click();
      await shoot('finding');
      await inspector.openTab('Trust');
      await shoot('trust');
      await inspector.openTab('SMTP');
      await shoot('smtp');
      await inspector.openTab('Certificates');
      await shoot('certificates');
      await inspector.show('Outline');
      await shoot('outline');
      await inspector.show('Chain');
      await inspector.screen('Settings').click();
      await shoot('settings');
      await inspector.screen('Inspect').click();
    });
  }
}

/** Parts of the frame that reach beyond the window. */
async function overflowing({ page }: Launched): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.top-bar *, .verdict *, .drawer-bar *, .findings header *')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1);
      })
      .map((element) => element.className.toString()),
  );
}
