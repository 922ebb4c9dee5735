import { config } from 'zod/v4/core'

// The content security policy forbids building functions from text. Zod would try, be refused and leave a
// violation report behind; so it is told before the first schema is made. Imported first of all by main.tsx.
config({ jitless: true })
