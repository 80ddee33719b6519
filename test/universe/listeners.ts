// Gives every mail listener of the universe its address, host name and certificates.
import { join } from 'node:path';
import { mailAddress, mailAddress6 } from './address-plan.ts';
import { makeAuthority, makeCertificates, type ListenerCertificates } from './certificates.ts';
import { eachOf } from './processes.ts';
import type { Listener, Presentation, ZonePlan } from './zones/zone-plan.ts';

export interface MailListener {
  readonly zone: string;
  readonly label: string;
  readonly hostName: string;
  readonly presents: Presentation;
  readonly by: NonNullable<Listener['by']> | 'postfix';
  readonly address: string;
  readonly address6: string | null;
  readonly certificates: ListenerCertificates;
}

export type AddressOf = (listener: string, family: 4 | 6) => string;

export async function makeListeners(
  zones: readonly ZonePlan[],
  block: number,
  workFolder: string,
  atOnce: number,
): Promise<readonly MailListener[]> {
  const folder = join(workFolder, 'certificates');
  const authority = await makeAuthority(join(folder, 'authority'));
  const planned = zones.flatMap((zone) =>
    Object.entries(zone.listeners ?? {}).map(([label, listener]) => ({ zone, label, listener })),
  );
  return eachOf([...planned.entries()], atOnce, async ([index, { zone, label, listener }]) => {
    const host = listener.host ?? label;
    const hostName = host === '@' ? zone.name : `${host}.${zone.name}`;
    const own = join(folder, `${label}.${zone.name}`);
    const wantsFormer = `${zone.records}${zone.variantRecords}`.includes(`{${label}.former}`);
    return {
      zone: zone.name,
      label,
      hostName,
      presents: listener.presents,
      by: listener.by ?? 'postfix',
      address: mailAddress(block, index),
      address6: listener.ipv6 === true ? mailAddress6(block, index) : null,
      certificates: await makeCertificates(
        own,
        hostName,
        listener.presents,
        wantsFormer,
        authority,
      ),
    };
  });
}
