/** The fields of a raw message as they are named one after the other, bounded in number and length. */

export interface Span {
  /** Octets of the message, `to` behind the last. */
  readonly from: number;
  readonly to: number;
}

export interface MessageField extends Span {
  /** Its place in the list. */
  readonly id: number;
  /** Place of what it is a part of; null at the top. */
  readonly parent: number | null;
  readonly depth: number;
  /** As the RFCs call it. */
  readonly label: string;
  /** In presentation form; empty where its parts say all. */
  readonly value: string;
  /** Octets before it that it takes in by compression. */
  readonly elsewhere: readonly Span[];
  /** Why these octets could not be read as they should; null when they could. */
  readonly fault: FieldFault | null;
}

export type FieldFault =
  /** Fewer than the twelve octets of a header. */
  | 'header-cut'
  /** A name runs out of octets. */
  | 'name-cut'
  /** A name of more than 255 octets. */
  | 'name-long'
  /** A pointer that does not lead backwards. */
  | 'pointer'
  /** A label of neither kind (RFC 1035 §4.1.4). */
  | 'label-type'
  /** A question or record runs past the end of the message. */
  | 'record-cut'
  /** RDATA is shorter than its type needs. */
  | 'rdata-cut'
  /** Octets of RDATA that its type has no place for. */
  | 'rdata-left-over'
  /** A field whose octets are not what its type asks for. */
  | 'rdata-malformed'
  | 'option-cut'
  /** Octets behind the last record. */
  | 'left-over'
  /** Too many fields to name. */
  | 'limit';

/** Fields of one message: an answer with thirty records and their signatures has some 800. */
export const MAX_FIELDS = 6000;
/** Characters of one value: the base64 of a signature by the largest RSA key has 684. */
const MAX_VALUE_CHARACTERS = 1024;

export class FieldList {
  readonly fields: MessageField[] = [];
  readonly #parents: number[] = [];

  /** Nothing more will be added, but for the fault that says so. */
  get full(): boolean {
    return this.fields.length >= MAX_FIELDS;
  }

  add(
    label: string,
    value: string,
    from: number,
    to: number,
    elsewhere: readonly Span[] = [],
  ): void {
    if (!this.full) this.#push({ label, value, from, to, elsewhere, fault: null });
  }

  /** Octets that cannot be read; told even when the list is full. */
  fault(fault: FieldFault, from: number, to: number): void {
    this.#push({ label: '', value: '', from, to, elsewhere: [], fault });
  }

  /** Begins a field whose parts are added until it is closed. */
  open(label: string, from: number): number {
    const id = this.fields.length;
    this.#push({ label, value: '', from, to: from, elsewhere: [], fault: null });
    this.#parents.push(id);
    return id;
  }

  close(id: number, value: string, to: number, elsewhere: readonly Span[] = []): void {
    this.#parents.pop();
    const field = this.fields[id];
    if (field !== undefined) this.fields[id] = { ...field, value: short(value), to, elsewhere };
  }

  #push(field: Omit<MessageField, 'id' | 'parent' | 'depth'>): void {
    this.fields.push({
      ...field,
      value: short(field.value),
      id: this.fields.length,
      parent: this.#parents.at(-1) ?? null,
      depth: this.#parents.length,
    });
  }
}

function short(value: string): string {
  return value.length <= MAX_VALUE_CHARACTERS ? value : `${value.slice(0, MAX_VALUE_CHARACTERS)}…`;
}
