/** Which fields of a message are shown as lines of a tree, given what is unfolded. */
import type { MessageField } from '../../shared/dns/message-view-fields.ts';

export interface FieldRow {
  readonly field: MessageField;
  /** Null where it has no parts. */
  readonly open: boolean | null;
}

/** Parts are shown of the sections and of what has faults at first, and of whatever the selected one is a part of. */
export function fieldRows(
  fields: readonly MessageField[],
  turned: ReadonlySet<number>,
  selected: number,
): readonly FieldRow[] {
  const parents = new Set(fields.flatMap(({ parent }) => parent ?? []));
  const around = ancestorsOf(fields, selected);
  const faulty = new Set(
    fields.flatMap(({ id, fault }) => (fault === null ? [] : [...ancestorsOf(fields, id)])),
  );
  const open = new Set<number>();
  const rows: FieldRow[] = [];
  for (const field of fields) {
    if (field.parent !== null && !open.has(field.parent)) continue;
    if (!parents.has(field.id)) {
      rows.push({ field, open: null });
      continue;
    }
    const isOpen =
      around.has(field.id) || (field.depth === 0 || faulty.has(field.id)) !== turned.has(field.id);
    if (isOpen) open.add(field.id);
    rows.push({ field, open: isOpen });
  }
  return rows;
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
