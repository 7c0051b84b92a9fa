import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The desk, built into dist/console, from where the API serves it. */
export default defineConfig({
  root: join(import.meta.dirname, 'src/console'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true, // which files a first load takes: the bundle's size is tested
    assetsInlineLimit: 0, // a data: URL is one more thing for the Content-Security-Policy to allow
    chunkSizeWarningLimit: 1_200, // kB before compression; what counts is what a first load takes, and that is tested
    modulePreload: { polyfill: false },
  },
});
