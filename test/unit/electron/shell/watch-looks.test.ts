// One look comes to an end, whatever the inspection does.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Inspections } from '../../../../electron/shell/inspections.ts';
import { lookAt } from '../../../../electron/shell/watch-looks.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Begin = Inspections['begin'];

const never: Begin = () => new Promise(() => undefined);

const deaf: Begin = () =>
  Promise.resolve({
    kind: 'begun',
    domain: 'example.org',
    record: () => {
      throw new Error('Nobody asked for it.');
    },
    // eslint-disable-next-line require-yield
    async *inspect() {
      await new Promise(() => undefined);
    },
  });

test.each([
  ['never begins', never],
  ['heeds no signal', deaf],
])('an inspection that %s is given up after some minutes', async (_what, begin) => {
  const looking = lookAt({ begin }, 'example.org', 'lab', new AbortController().signal);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(await looking).toMatchObject({
    look: { kind: 'failed', everywhere: false, reason: /took longer than 3 minutes/ },
    events: [],
  });
});

test('one that is called off rejects, also where the inspection does not heed it', async () => {
  const controller = new AbortController();
  const looking = lookAt({ begin: deaf }, 'example.org', 'lab', controller.signal);
  const ended = expect(looking).rejects.toThrow('removed');
  controller.abort(new Error('removed'));
  await ended;
});
