/** Catches notifications where they would be shown: the display of the tests has no place for them. */
import type { Launched } from './launch.ts';

export async function catchNotifications({ app }: Pick<Launched, 'app'>): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const shown: object[] = [];
    Object.assign(globalThis, { shownNotifications: shown });
    Object.assign(Notification, { isSupported: () => true });
    Object.assign(Notification.prototype, {
      show(this: object) {
        shown.push(this);
      },
    });
  });
}

/** Title and text of each, the first one first. */
export async function notifications({ app }: Pick<Launched, 'app'>): Promise<readonly string[]> {
  return app.evaluate(() => {
    const shown: unknown = Reflect.get(globalThis, 'shownNotifications');
    return Array.isArray(shown) ? shown.map(({ title, body }) => `${title}\n${body}`) : [];
  });
}

export async function clickLastNotification({ app }: Pick<Launched, 'app'>): Promise<void> {
  await app.evaluate(() => {
    const shown: unknown = Reflect.get(globalThis, 'shownNotifications');
    if (Array.isArray(shown)) shown.at(-1)?.emit('click');
  });
}
