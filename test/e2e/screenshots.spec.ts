/** Pictures of the window at the sizes people have, for people to look at; they end in test-results. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { makeMaterialFiles, type MaterialFiles } from './material-files.ts';
import { cutOff } from './pages/cut-off.ts';
import { SCENES } from './pages/scenes.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 960, height: 800 },
];
const THEMES = ['light', 'dark'] as const;
const FOLDER = join('test-results', 'screenshots');

let launched: Launched;
let files: MaterialFiles;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  files = makeMaterialFiles();
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
  files.remove();
});

for (const scene of SCENES) {
  test(`nothing is cut off: ${scene.name}`, async () => {
    const stage = { launched, files };
    await scene.show(stage);
    for (const { width, height } of SIZES) {
      await resize(launched, width, height);
      for (const theme of scene.isAlike === true ? (['light'] as const) : THEMES) {
        await chooseTheme(launched, theme);
        const name = `${scene.name.replaceAll(' ', '-').toLowerCase()}-${width}-${theme}`;
        await launched.page.screenshot({ path: join(FOLDER, `${name}.png`) });
        expect.soft(await launched.page.evaluate(cutOff), name).toEqual([]);
      }
    }
    await scene.leave?.(stage);
  });
}
