/** Words of the Settings screen. */
export const settings = {};
