/** Words of the list of findings. */
export const findings = {};
