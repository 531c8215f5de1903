import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packPages } from './pack-pages.mjs';
import { step } from './progress.mjs';
import { runProgram } from './run-program.mjs';

const configFiles = [
  'package-lock.json',
  'tsconfig.json',
  'next.config.ts',
  'postcss.config.mjs',
  'server/main/pack-pages.mjs',
];
/** Folders of `server` that no page can import: entries never import each other. */
const besidePages = ['admin', 'bench', 'bridge', 'broker', 'hub-agent', 'main', 'testing', 'decisions'];

/**
 * Files of a folder, tests left out: they are in no product.
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(file);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [file];
    });
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 */
function digest(root, files) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of files)
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * Digest of all that the server program is made from.
 * @param {string} root
 */
function serverDigest(root) {
  const config = ['package-lock.json', 'tsconfig.json'].map((name) => path.join(root, name));
  return digest(root, [
    ...['server', 'drizzle/schema'].flatMap((folder) => filesIn(path.join(root, folder))),
    ...config,
  ]);
}

/**
 * Digest of all that the pages are made from.
 * @param {string} root
 */
function pagesDigest(root) {
  const folders = ['app', 'components', 'drizzle/schema', 'public'].map((name) => path.join(root, name));
  const server = filesIn(path.join(root, 'server')).filter((file) => {
    const [folder = ''] = path.relative(path.join(root, 'server'), file).split(path.sep);
    return !besidePages.includes(folder);
  });
  const config = configFiles.map((name) => path.join(root, name)).filter((file) => existsSync(file));
  return digest(root, [...folders.flatMap(filesIn), ...server, ...config]);
}

/**
 * @param {string} file
 * @returns {{ digest?: string, outputs?: string[], buildId?: string }}
 */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} root */
const serverRecord = (root) => path.join(root, 'dist/server.json');
/** @param {string} root */
const pagesRecord = (root) => path.join(root, 'dist/pages.json');

/** @param {string} root */
function buildId(root) {
  const file = path.join(root, '.next/BUILD_ID');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/**
 * Whether dist/main.js is what the sources say.
 * @param {string} root
 */
export function isServerBuilt(root) {
  return (
    existsSync(path.join(root, 'dist/main.js')) &&
    readRecord(serverRecord(root)).digest === serverDigest(root)
  );
}

/**
 * Whether the pages are what the sources say.
 * @param {string} root
 */
export function arePagesBuilt(root) {
  const record = readRecord(pagesRecord(root));
  return (
    record.buildId !== undefined && record.buildId === buildId(root) && record.digest === pagesDigest(root)
  );
}

/**
 * Bundles server/main/main.ts into dist/main.js, packages left outside. What a process loads only when it needs it
 * stands in chunks of its own; the chunks of the build before stay, for a program that runs may yet ask for them.
 * @param {string} root
 */
async function bundle(root) {
  const { build } = await import('esbuild');
  const dist = path.join(root, 'dist');
  const result = await build({
    absWorkingDir: root,
    entryPoints: { main: 'server/main/main.ts' },
    outdir: dist,
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    tsconfig: path.join(root, 'tsconfig.json'),
    logLevel: 'silent',
    write: false,
  });
  mkdirSync(dist, { recursive: true });
  const names = result.outputFiles.map((file) => path.basename(file.path));
  const kept = new Set([...names, ...(readRecord(serverRecord(root)).outputs ?? [])]);
  // The entry last: whoever loads it finds its chunks.
  const isEntry = (/** @type {string} */ name) => name === 'main.js';
  const ordered = result.outputFiles.toSorted(
    (a, b) => Number(isEntry(path.basename(a.path))) - Number(isEntry(path.basename(b.path))),
  );
  for (const file of ordered) {
    writeFileSync(`${file.path}.new`, file.contents);
    renameSync(`${file.path}.new`, file.path);
  }
  for (const name of readdirSync(dist)) {
    if (name.startsWith('chunk-') && !kept.has(name)) rmSync(path.join(dist, name));
  }
  return names;
}

/**
 * Builds the server program when its sources have changed. Hold the lock of the preparation.
 * @param {string} root
 */
export async function ensureServerBuilt(root) {
  if (isServerBuilt(root)) return;
  const wanted = serverDigest(root);
  const outputs = await step('building the server', () => bundle(root));
  writeFileSync(serverRecord(root), JSON.stringify({ digest: wanted, outputs }));
}

/**
 * Builds the pages when their sources have changed. Hold the lock of the preparation.
 * @param {string} root
 */
export async function ensurePagesBuilt(root) {
  if (arePagesBuilt(root)) return;
  const wanted = pagesDigest(root);
  rmSync(pagesRecord(root), { force: true });
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  await step('building the pages (after a change, about a minute)', async () => {
    await runProgram(process.execPath, [next, 'build'], {
      cwd: root,
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    await packPages(path.join(root, '.next'));
  });
  writeFileSync(pagesRecord(root), JSON.stringify({ digest: wanted, buildId: buildId(root) }));
}
