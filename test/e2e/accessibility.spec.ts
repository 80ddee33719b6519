/** axe-core on every screen, light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, type Launched } from './launch.ts';
import { makeMaterialFiles, type MaterialFiles } from './material-files.ts';
import { SCENES } from './pages/scenes.ts';

// axe takes its time on a slow machine.
test.describe.configure({ timeout: 120_000 });

let launched: Launched;
let files: MaterialFiles;

test.beforeAll(async () => {
  files = makeMaterialFiles();
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
  files.remove();
});

for (const scene of SCENES.filter(({ isAlike }) => isAlike !== true)) {
  test(`no violation: ${scene.name}`, async () => {
    const stage = { launched, files };
    await scene.show(stage);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(launched, theme);
      expect.soft(await violations(), theme).toEqual([]);
    }
    await scene.leave?.(stage);
  });
}

/** Electron cannot open the second page in which axe would otherwise merge frames: legacy mode. */
async function violations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
