/** A rollover plan in words: what to do, what must hold before going on, what breaks otherwise. */
import type { RolloverPlan, RolloverStep, Scheme } from './plan.ts';

export interface StepWords {
  readonly title: string;
  readonly todo: string;
  /** What must hold before the next step. */
  readonly check: string;
  readonly otherwise: string;
}

export function wordsOfStep({ kind }: RolloverStep, scheme: Scheme): StepWords {
  switch (kind) {
    case 'publish':
      return {
        title: 'Publish the records of the new key beside the old ones',
        todo: 'Add the records; leave the certificate and the old records as they are.',
        check:
          'Every authoritative name server, primary and secondaries, shows the old and the new records.',
        otherwise:
          'Senders that have only the old records refuse the new certificate and keep the mail back.',
      };
    case 'deploy':
      return {
        title: 'Install the new certificate',
        todo: 'Install certificate and key on every address of the host and reload the mail server.',
        check: 'Every address presents the new certificate, for each kind of key, and it matches.',
        otherwise:
          'Installed before this time, it meets senders whose caches hold the old records only.',
      };
    case 'remove':
      return {
        title: 'Take the old records out',
        todo: 'Remove them only once every address was seen with the new certificate.',
        check: 'Every authoritative name server shows the new records only.',
        otherwise:
          'Old records left behind let a lost key impersonate the host, and pile up at each renewal.',
      };
    case 'prepare':
      return {
        title: 'Make the next key and publish its record',
        todo: 'Make a key now, keep it safe, and publish its 3 1 1 record: the next change then needs no wait.',
        check: `The records are those of ${scheme}: one of the key in use and one of the next.`,
        otherwise:
          'The next renewal has to be staged again, and a lost key cannot be replaced at once.',
      };
  }
}

/** The whole plan for a terminal or a ticket. */
export function planText(plan: RolloverPlan, owner: string, ttl: number): string {
  const blocks = plan.steps.map((step, index) => {
    const words = wordsOfStep(step, plan.scheme);
    return [
      `${index + 1}. ${words.title}`,
      `   Not before ${iso(step.earliest)}. ${words.todo}`,
      ...step.add.map((record) => `   + ${owner} ${ttl} IN TLSA ${record}`),
      ...step.remove.map((record) => `   - ${owner} ${ttl} IN TLSA ${record}`),
      `   Go on when: ${words.check}`,
      `   If skipped: ${words.otherwise}`,
    ].join('\n');
  });
  return [waitText(plan), ...blocks].join('\n\n');
}

function waitText({ wait, covered, settled, scheme }: RolloverPlan): string {
  if (covered.length === 0)
    return `Scheme ${scheme}. Between publishing and installing: ${duration(wait)}.`;
  return `Scheme ${scheme}. The new certificate already matches ${covered.join(' and ')}: nothing to wait for, if that has been published for ${duration(settled)} or longer.`;
}

/** Of whole seconds, e.g. `2 h 30 min`. */
function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? 'no time' : said.join(' ');
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
