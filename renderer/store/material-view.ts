/** What was dropped, sorted and described, and which keys belong to which certificates. */
import { toHex } from '../../shared/dns/bytes.ts';
import { arrange, type Arranged } from '../../shared/material/arrange.ts';
import { describeMaterials, type Description } from '../../shared/material/describe.ts';
import type { Fingerprint, KeyMaterial } from '../../shared/material/material.ts';
import { namesOffered, wildcardsIn } from '../../shared/publish/host-names.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import type { DroppedFile } from './material-store.ts';
import { keptDigests } from './publish-digests.ts';

export interface MaterialView {
  readonly arranged: Arranged;
  readonly description: Description;
  readonly fingerprints: ReadonlyMap<Certificate, Fingerprint>;
  /** What besides the certificate holds its key, by the certificate's fingerprint. */
  readonly keysOf: ReadonlyMap<Fingerprint, ReadonlySet<KeyMaterial['origin']>>;
  /** Keys that some certificate here has. */
  readonly certified: ReadonlySet<Fingerprint>;
  /** Names that can be mail hosts', and wildcards for them. */
  readonly names: readonly string[];
  readonly wildcards: readonly string[];
}

/** Worked out once for each state of the files, whoever asks. */
export function viewOf(files: readonly DroppedFile[]): MaterialView {
  if (latest?.files !== files) latest = { files, view: makeView(files) };
  return latest.view;
}

let latest: { readonly files: readonly DroppedFile[]; readonly view: MaterialView } | null = null;

function makeView(files: readonly DroppedFile[]): MaterialView {
  const items = files.flatMap((file) => file.items);
  const origins = new Map<Fingerprint, Set<KeyMaterial['origin']>>();
  for (const item of items) {
    if (item.kind !== 'key') continue;
    origins.set(item.fingerprint, (origins.get(item.fingerprint) ?? new Set()).add(item.origin));
  }
  const fingerprints = new Map<Certificate, Fingerprint>();
  const keysOf = new Map<Fingerprint, ReadonlySet<KeyMaterial['origin']>>();
  const certified = new Set<Fingerprint>();
  for (const item of items) {
    if (item.kind !== 'certificate') continue;
    fingerprints.set(item.certificate, item.fingerprint);
    // As a bare key is told apart.
    const key = toHex(keptDigests.sha256(item.certificate.spki));
    certified.add(key);
    const held = origins.get(key);
    if (held !== undefined) keysOf.set(item.fingerprint, held);
  }
  const arranged = arrange(items);
  return {
    arranged,
    description: describeMaterials(files, Date.now()),
    fingerprints,
    keysOf,
    certified,
    names: namesOffered(arranged),
    wildcards: wildcardsIn(arranged),
  };
}
