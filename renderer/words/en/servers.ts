/** Words of the grid of names and servers. */
export const servers = {};
