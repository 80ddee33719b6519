// What the replay tests do to the servers of `example.test` and its TLD.
import type { Answer } from '../../../electron/lab/authority.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { name, records, THREE_LEVELS, type ServerScript, type ZoneScript } from './world.ts';

export const NS1 = '192.0.2.21';
export const NS2 = '192.0.2.22';
export const TLD = ['192.0.2.11', '192.0.2.12'] as const;

export function both(script: ServerScript): Readonly<Record<string, ServerScript>> {
  return { [NS1]: script, [NS2]: script };
}

export function atTld(script: ServerScript): Readonly<Record<string, ServerScript>> {
  return { [TLD[0]]: script, [TLD[1]]: script };
}

export function text(zone: string): readonly ResourceRecord[] {
  return records(zone, name('.'));
}

export const UNSIGNED_CHILD: readonly ZoneScript[] = THREE_LEVELS.map((zone) =>
  zone.apex === 'example.test' ? { ...zone, unsigned: true } : zone,
);

export function withoutSignatures(list: readonly ResourceRecord[]): readonly ResourceRecord[] {
  return list.filter(
    ({ type }) => ![TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3].some((each) => each === type),
  );
}

export function strip(answer: Answer): Answer {
  return {
    ...answer,
    answers: withoutSignatures(answer.answers),
    authorities: withoutSignatures(answer.authorities),
  };
}
