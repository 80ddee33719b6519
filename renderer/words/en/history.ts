/** Words of the kept runs and what changed since. */
export const history = {};
