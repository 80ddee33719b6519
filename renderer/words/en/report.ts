/** Words of the reports and case files. */
export const report = {};
