// Bundles what runs on customers' pages into a folder like wwwroot: node build.mjs <folder>. The same sources and lock file give the same bytes.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { prune, shorten } from './prune-css.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error('Which folder?');
const customer = join(out, 'customer');

/** @type {import('esbuild').BuildOptions} */
const common = { absWorkingDir: here, bundle: true, minify: true, charset: 'utf8', target: ['chrome111', 'firefox113', 'safari16.4'], logLevel: 'warning' };

// A name with a hash changes with every build: what an earlier one left must not stay beside it.
rmSync(customer, { recursive: true, force: true });
mkdirSync(customer, { recursive: true });

await build({
  ...common, entryPoints: ['widget/widget.js'], outfile: join(out, 'widget.js'), format: 'iife',
  // A page may be in any encoding, and a classic script is read in its page's.
  charset: 'ascii',
  plugins: [{ name: 'style', setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, async ({ path }) => ({
    contents: (await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: common.target })).code, loader: 'text',
  })) }],
});

const made = await build({
  ...common, entryPoints: ['customer/help.js', 'customer/chat.js'], outdir: customer, format: 'esm', splitting: true, chunkNames: '[name]-[hash]', metafile: true,
  // What begins with an underscore is private to the SignalR client; nothing of ours does.
  mangleProps: /^_/,
  plugins: [{
    name: 'signalr',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/HttpConnection$/ }, () => ({ path: join(here, 'customer/socket.js') }));
      // Its log is switched off (LogLevel.None), and its sentences weigh as much as what they tell of. Each is a statement on a line of its own.
      onLoad({ filter: /signalr.dist.esm.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(/^ *this\._?logger\.log\(.*\);$/gm, '') }));
    },
  }],
});

const sheets = await build({
  ...common, entryPoints: ['customer/customer.css', 'customer/chat.css'], outdir: customer, write: false,
  // Fonts stay where the console has them too.
  plugins: [{ name: 'fonts', setup: ({ onResolve }) => onResolve({ filter: /\.woff2$/ }, ({ path }) => ({ path: `/design/${path}`, external: true })) }],
});
const all = sheets.outputFiles.map(sheet => sheet.text).join('');
const texts = sheets.outputFiles.map(sheet => (basename(sheet.path) === 'customer.css' ? prune(sheet.text, all) : sheet.text));
shorten(texts).forEach((text, index) => writeFileSync(join(customer, basename(sheets.outputFiles[index].path)), text));

// What each page's module imports at once, so that the page can name it before the module has said so.
const outputs = new Map(Object.entries(made.metafile.outputs).map(([path, output]) => [basename(path), output]));
const needs = (/** @type {string} */ name, seen = new Set()) => {
  for (const { path, kind } of outputs.get(name)?.imports ?? []) {
    if (kind === 'import-statement' && !seen.has(basename(path))) needs(basename(path), seen.add(basename(path)));
  }
  return [...seen].sort();
};
writeFileSync(join(customer, 'modules.json'), `${JSON.stringify({ help: needs('help.js'), chat: needs('chat.js') }, null, 2)}\n`);

copyFileSync(join(here, 'customer/signalr.LICENSE.txt'), join(customer, 'signalr.LICENSE.txt'));
