// `npm start`: installs what is missing, builds the pages, and serves. The first time the store is made ready on
// one core while the pages are built on the other.
import { buildWeb, finished, install, root, run } from './ground.mjs'

const cli = `${root}/apps/server/src/cli.ts`

install()
const build = buildWeb()
if (build !== null) await Promise.all([build, finished([cli, 'prepare'])])
run([cli, 'start', ...process.argv.slice(2)])
