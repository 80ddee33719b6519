/** Words of the watched domains. */
export const watch = {};
