/** Endpoints of this feature. */
export const remittances = {}
