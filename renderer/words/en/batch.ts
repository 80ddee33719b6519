/** Words of the list of domains. */
export const batch = {};
