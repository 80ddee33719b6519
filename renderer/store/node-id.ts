/** The names of the things in the picture, shared by chain, outline, findings and details. */

export type NodeId =
  | { readonly kind: 'domain' }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'tlsa'; readonly host: string; readonly index: number }
  /** The host's place for records when it has none. */
  | { readonly kind: 'no-tlsa'; readonly host: string }
  | { readonly kind: 'chain'; readonly host: string; readonly index: number }
  | { readonly kind: 'addresses'; readonly host: string; readonly first: string };

const SEPARATOR = '|';

export function nodeKey(id: NodeId): string {
  switch (id.kind) {
    case 'domain':
      return 'domain';
    case 'host':
    case 'no-tlsa':
      return [id.kind, id.host].join(SEPARATOR);
    case 'tlsa':
    case 'chain':
      return [id.kind, id.host, id.index].join(SEPARATOR);
    case 'addresses':
      return [id.kind, id.host, id.first].join(SEPARATOR);
  }
}

/** The host a node belongs to; null for the domain itself. */
export function hostOf(id: NodeId): string | null {
  return id.kind === 'domain' ? null : id.host;
}
