/** Endpoints of this feature. */
export const onCall = {}
