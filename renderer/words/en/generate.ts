/** Words of the Generate screen. */
export const generate = {};
