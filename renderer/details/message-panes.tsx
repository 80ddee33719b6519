/** A raw message opened: every field by name and the octets, each marking the other, and where it is malformed. */
import { useMemo, useState, type ReactNode } from 'react';
import { fromHex } from '../../shared/dns/bytes.ts';
import { viewMessage } from '../../shared/dns/message-view.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import { FieldTree } from './field-tree.tsx';
import { OctetGrid } from './octet-grid.tsx';

const said = words.details.raw;

/** `raw` in hex; not empty. */
export function MessagePanes({ raw }: { readonly raw: string }): ReactNode {
  const bytes = useMemo(() => fromHex(raw) ?? new Uint8Array(0), [raw]);
  const fields = useMemo(() => viewMessage(bytes), [bytes]);
  const [selected, setSelected] = useState(0);
  const faults = fields.filter(({ fault }) => fault !== null);
  return (
    <>
      {faults.length > 0 && (
        <p className="note">
          <Icon name="triangle" tone="warn" size={12} />
          <span>
            {said.malformed(faults.length)}{' '}
            <button
              type="button"
              className="text-link"
              onClick={() => {
                setSelected(faults[0]?.id ?? 0);
              }}
            >
              {said.showFault}
            </button>
          </span>
        </p>
      )}
      <div className="raw-panes">
        <FieldTree fields={fields} selected={selected} onSelect={setSelected} />
        <OctetGrid
          bytes={bytes}
          fields={fields}
          field={fields[selected] ?? null}
          onSelect={setSelected}
        />
      </div>
    </>
  );
}
