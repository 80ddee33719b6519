/** Tells a person who may be looking elsewhere, where the desktop can. */
import { Notification } from 'electron';
import type { Notice } from '../../shared/watch/words.ts';

/** Kept, for a notification that nobody holds is taken away with its click. */
const shown = new Set<Notification>();
/** Notifications whose click still opens something. */
const MAX_SHOWN = 20;

export function canNotify(): boolean {
  return Notification.isSupported();
}

export function notify(
  { title, body, domain }: Notice,
  open: (domain: string | null) => void,
): void {
  if (!canNotify()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  const [oldest] = shown;
  if (shown.size > MAX_SHOWN && oldest !== undefined) shown.delete(oldest);
  notification.on('click', () => {
    shown.delete(notification);
    open(domain);
  });
  notification.on('close', () => {
    shown.delete(notification);
  });
  notification.show();
}
