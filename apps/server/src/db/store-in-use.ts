/** The embedded store is open in another process. */
export class StoreInUse extends Error {}
