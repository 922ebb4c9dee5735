/** Endpoints of this feature. */
export const denials = {}
