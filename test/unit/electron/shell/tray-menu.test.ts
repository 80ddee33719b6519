// What the tray says and offers, and that its icon can be read without colours.
import { describe, expect, test, vi } from 'vitest';
import { trayView, type TrayFace } from '../../../../electron/shell/tray-menu.ts';
import { trayPicture } from '../../../../electron/shell/tray-picture.ts';
import { newlyWatched, type Watched } from '../../../../shared/watch/watched.ts';
import { NOON } from '../../shared/watch/looks.ts';

vi.mock('electron', () => ({ Menu: {}, nativeImage: {}, Tray: vi.fn() }));
const { trayTemplate } = await import('../../../../electron/shell/tray.ts');

function domain(more: Partial<Watched>): Watched {
  return { ...newlyWatched('a.example', NOON), outcome: 'secure', ...more };
}

describe('the icon', () => {
  test.each<readonly [TrayFace, readonly Partial<Watched>[]]>([
    ['idle', []],
    ['idle', [{ outcome: null }, { outcome: 'insecure' }]],
    ['good', [{}, { outcome: 'insecure' }]],
    ['open', [{}, { outcome: 'unknown' }]],
    ['open', [{ failures: 2 }]],
    ['good', [{ failures: 1 }]],
    ['care', [{ outcome: 'unknown' }, { ends: { what: 'x', at: NOON, soon: true } }]],
    ['care', [{ outcome: 'partial' }]],
    ['bad', [{ outcome: 'degraded' }, { outcome: 'broken' }, {}]],
  ])('is %s, the worst of %j', (face, list) => {
    expect(trayView(list.map(domain), true, 0).face).toBe(face);
  });

  test('has a shape of its own for each: where it is seen differs', () => {
    const faces: readonly TrayFace[] = ['idle', 'good', 'open', 'care', 'bad'];
    const shapes = faces.map((face) => shapeOf(trayPicture(face, 22)));
    for (const [index, shape] of shapes.entries()) {
      for (const other of shapes.slice(index + 1)) {
        const differing = [...shape].filter((point, at) => point !== other[at]).length;
        expect(differing).toBeGreaterThan(8);
      }
    }
  });
});

/** A point for each: seen, seen in white, or not. */
function shapeOf(octets: Uint8Array): string {
  let shape = '';
  for (let at = 0; at < octets.length; at += 4) {
    const [blue = 0, green = 0, red = 0, opacity = 0] = octets.subarray(at, at + 4);
    const isWhite = Math.min(blue, green, red) > 200;
    shape += opacity < 128 ? ' ' : isWhite ? 'o' : '#';
  }
  return shape;
}

describe('the menu', () => {
  const list = [
    domain({ outcome: 'broken' }),
    domain({ ends: { what: 'x', at: NOON, soon: true } }),
    domain({}),
  ];

  test('says how things stand', () => {
    expect(trayView(list, true, 0).tip).toBe(
      'DANE Inspector: 3 domains, 1 broken, something ends soon at 1',
    );
    expect(trayView(list, false, 0).tip).toMatch(/, paused$/);
    expect(trayView(list, false, 1).tip).toMatch(/, looking$/);
    expect(trayView([], true, 0).tip).toBe('DANE Inspector: no domain is watched');
  });

  test('does what it says', () => {
    const act = vi.fn<(action: string) => void>();
    const template = trayTemplate(trayView(list, false, 0), act);
    const labelled = template.filter(({ type }) => type !== 'separator');
    expect(labelled.map(({ label, enabled, checked }) => [label, enabled, checked])).toEqual([
      ['3 domains, 1 broken, something ends soon at 1, paused', false, undefined],
      ['Open DANE Inspector', true, undefined],
      ['Look at all now', true, undefined],
      ['Pause watching', true, true],
      ['Quit', true, undefined],
    ]);
    for (const { click } of labelled) if (click !== undefined) Reflect.apply(click, null, []);
    expect(act.mock.calls.flat()).toEqual(['open', 'look', 'pause', 'quit']);
  });

  test('offers no look where there is nothing to look at', () => {
    const items = trayView([], true, 0).items;
    expect(items).toContainEqual({ label: 'Look at all now', action: 'look', enabled: false });
  });
});
