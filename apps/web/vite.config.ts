import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * The staff application is one page split by feature. Nothing is inlined: scripts, styles and fonts are
 * files of our own, so that the server can send `script-src 'self'; font-src 'self'; img-src 'self' data: blob:`.
 */
export default defineConfig({
  root,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      treeshake: {
        // Our own modules only declare; so a page takes from `ui/index.ts` what it uses and no more.
        moduleSideEffects: [
          { test: /\.css$/, sideEffects: true },
          { test: /\/apps\/web\/src\/(main\.tsx|api\/no-eval\.ts)$/, sideEffects: true },
          { test: /\/apps\/web\/src\//, sideEffects: false },
        ],
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.KEEPWELL_API ?? 'http://localhost:3000' } },
  },
})
