/** Words of the picture and its outline. */
export const chain = {};
