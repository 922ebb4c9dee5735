/** Endpoints of this feature. */
export const interop = {}
