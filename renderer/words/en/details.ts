/** Words of the details drawer. */
export const details = {};
