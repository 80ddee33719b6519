/** Words of the frame: top bar, rail, dialogs, and the primitives. */
export const frame = {};
