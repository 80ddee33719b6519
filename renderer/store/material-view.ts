/** What was dropped, sorted: servers with their chains, issuers, keys; and which file each thing came from. */
import { arrange, type Arranged } from '../../shared/material/arrange.ts';
import type { Fingerprint, KeyMaterial } from '../../shared/material/material.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import { bytesToHex } from '../../shared/x509/encoding.ts';
import type { DroppedFile } from './material-store.ts';

export interface MaterialView {
  readonly arranged: Arranged;
  readonly fingerprints: ReadonlyMap<Certificate, Fingerprint>;
  /** Names of the files that hold a thing. */
  readonly sources: ReadonlyMap<Fingerprint, readonly string[]>;
  /** Private keys and requests by the SubjectPublicKeyInfo that they share with a certificate, in hex. */
  readonly keys: ReadonlyMap<string, readonly KeyMaterial[]>;
}

/** Worked out once for each state of the files, whoever asks. */
export function viewOf(files: readonly DroppedFile[]): MaterialView {
  if (latest?.files !== files) latest = { files, view: makeView(files) };
  return latest.view;
}

let latest: { readonly files: readonly DroppedFile[]; readonly view: MaterialView } | null = null;

function makeView(files: readonly DroppedFile[]): MaterialView {
  const fingerprints = new Map<Certificate, Fingerprint>();
  const sources = new Map<Fingerprint, string[]>();
  const keys = new Map<string, KeyMaterial[]>();
  for (const { name, items } of files) {
    for (const item of items) {
      const names = sources.get(item.fingerprint) ?? [];
      if (!names.includes(name)) names.push(name);
      sources.set(item.fingerprint, names);
      if (item.kind === 'certificate') fingerprints.set(item.certificate, item.fingerprint);
      else {
        const spki = bytesToHex(item.spki);
        keys.set(spki, [...(keys.get(spki) ?? []), item]);
      }
    }
  }
  return { arranged: arrange(files.flatMap(({ items }) => items)), fingerprints, sources, keys };
}
