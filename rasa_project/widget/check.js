/** Soon. */
export function report() {}
