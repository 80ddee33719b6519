/** Words of the Rollover screen. */
export const rollover = {};
