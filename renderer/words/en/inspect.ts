/** Words of the Inspect screen. */
export const inspect = {};
