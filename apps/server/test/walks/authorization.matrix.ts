import type { Role } from '@keepwell/contract'

/** Who may call what. Written out, so that a new endpoint or a wider seat is seen and agreed to. */
export const matrix: Record<string, Role[] | 'public' | 'signed_in'> = {}
