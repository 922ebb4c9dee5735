import * as deeds from './audit.actions.ts'

export const handlers = { 'audit.list': deeds.list }
