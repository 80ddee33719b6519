/** Words of the tables of senders and of what breaks next. */
export const outlook = {};
