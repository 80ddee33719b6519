/** Which fields of a message are shown as lines of a tree, given what is unfolded. */
import type { MessageField } from '../../shared/dns/message-view-fields.ts';

export interface FieldRow {
  readonly field: MessageField;
  /** Null where it has no parts. */
  readonly open: boolean | null;
}

/** Fields whose parts are shown: the sections at first, and whatever the selected one is a part of. */
export function fieldRows(
  fields: readonly MessageField[],
  turned: ReadonlySet<number>,
  selected: number,
): readonly FieldRow[] {
  const parents = new Set(fields.flatMap(({ parent }) => parent ?? []));
  const around = ancestorsOf(fields, selected);
  const open = new Set<number>();
  const rows: FieldRow[] = [];
  for (const field of fields) {
    if (field.parent !== null && !open.has(field.parent)) continue;
    if (!parents.has(field.id)) {
      rows.push({ field, open: null });
      continue;
    }
    const isOpen = around.has(field.id) || isOpenAtFirst(field) !== turned.has(field.id);
    if (isOpen) open.add(field.id);
    rows.push({ field, open: isOpen });
  }
  return rows;
}

function isOpenAtFirst({ depth }: MessageField): boolean {
  return depth === 0;
}

export function ancestorsOf(fields: readonly MessageField[], id: number): ReadonlySet<number> {
  const around = new Set<number>();
  let parent = fields[id]?.parent ?? null;
  while (parent !== null) {
    around.add(parent);
    parent = fields[parent]?.parent ?? null;
  }
  return around;
}
