import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A source file, its path from the root of the repository, and what it imports as written. */
export interface SourceModule {
  file: string;
  imports: readonly string[];
  /** True when the file carries 'use client'. */
  isForBrowser?: boolean;
}

export interface Breach {
  file: string;
  imported: string;
  rule: string;
}

export interface Exception {
  /** Beginning of the importing file's path. */
  from: string;
  /** Beginning of what it imports: a path from the root, or a package. */
  to: string;
  reason: string;
}

/** Folders from the bottom up. A folder imports its own and lower layers. */
const layers: readonly (readonly string[])[] = [
  ['server/contracts', 'server/config'],
  ['server/domain'],
  ['drizzle/schema', 'server/mqtt'],
  ['server/db', 'server/event-store', 'server/bus', 'server/notify', 'server/embedded'],
  ['server/services'],
  [
    ...[
      'server/api',
      'server/realtime',
      'server/broker',
      'server/bridge',
      'server/hub-agent',
      'server/admin',
    ],
    ...['app', 'components'],
  ],
  ['server/main'],
];
const entryLayer = 5;
/** May import everything, and nothing of the product imports them. */
const besideProduct = ['server/testing', 'server/bench', 'e2e'];

/** Packages that only some folders, or parts of them, may know. */
const owners: Record<string, readonly string[]> = {
  mqtt: ['server/mqtt'],
  aedes: ['server/broker'],
  'aedes-persistence': ['server/broker'],
  'mqtt-packet': ['server/broker'],
  'socket.io': ['server/realtime'],
  ws: ['server/realtime', 'server/broker'],
  hono: ['server/api', 'app'],
  '@hono/zod-openapi': ['server/api'],
  '@hono/node-server': ['server/api', 'server/main'],
  next: ['app', 'components', 'server/main'],
  'next-auth': ['app', 'components'],
  react: ['app', 'components'],
  'react-dom': ['app', 'components'],
  '@node-rs/argon2': ['server/services'],
  otpauth: ['server/services'],
  '@matter/main': ['server/hub-agent/matter'],
  '@matter/nodejs': ['server/hub-agent/matter'],
  'drizzle-orm': [
    ...[
      'drizzle/schema',
      'server/db',
      'server/event-store',
      'server/bus',
      'server/notify',
      'server/services',
    ],
    ...['server/bridge', 'server/broker', 'server/realtime', 'server/api', 'server/admin', 'server/main'],
  ],
};

/** What a browser may be sent: no server code but the contracts and the pure rules. */
const browserSafe = ['components', 'app', 'server/contracts', 'server/domain'];

/** Breaches that stay, each with why. One that is no longer needed is a breach itself. */
export const exceptions: readonly Exception[] = [
  {
    from: 'app',
    to: 'components',
    reason: 'pages are made of components; both are the same side of the house',
  },
  {
    from: 'app',
    to: 'server/api',
    reason: 'route handlers and pages mount the one API and use its authentication',
  },
  { from: 'server/main', to: 'server/bench', reason: '--target=bench is dispatched like every other target' },
  {
    from: 'server/main/test.mjs',
    to: 'server/testing',
    reason: 'the command that runs the tests stands with the other commands',
  },
  {
    from: 'server/main/test-interop.mjs',
    to: 'server/testing',
    reason: 'the command that runs the tests with other brokers and clients stands with the other commands',
  },
  {
    from: 'server/main/in-browser.mjs',
    to: 'server/testing',
    reason: 'the command that takes pictures and scores finds a browser as the tests do',
  },
  {
    from: 'server/hub-agent/virtual-lock/shadow-by-hand.ts',
    to: 'aedes',
    reason: 'a broker of its own for the tests of the virtual lock, which must not need the product',
  },
];

const folders = [...layers.flat(), ...besideProduct];
const isIn = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
const isTest = (file: string) => /\.test\.tsx?$/.test(file);

function folderOf(file: string): string | undefined {
  return folders.find((folder) => isIn(file, folder));
}

/** A path from the root for our own files, the name of the package for all others. */
function resolveImport(file: string, imported: string): { own: string } | { package: string } {
  if (imported.startsWith('@/')) return { own: imported.slice(2) };
  if (imported.startsWith('.')) return { own: path.posix.join(path.posix.dirname(file), imported) };
  const parts = imported.split('/');
  return { package: imported.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? imported) };
}

function packageRule(module: SourceModule, from: string, name: string): string | undefined {
  const allowed = owners[name];
  if (allowed !== undefined && !allowed.some((folder) => isIn(module.file, folder)))
    return `only ${allowed.join(', ')} may import ${name}`;
  const mustBePure = from === 'server/contracts' || from === 'server/domain';
  if (mustBePure && name.startsWith('node:')) return `${from} is sent to browsers and has no node: modules`;
  if (from === 'server/contracts' && name !== 'zod') return 'server/contracts imports zod alone';
  if (module.isForBrowser && name.startsWith('node:')) return 'browser code has no node: modules';
  return undefined;
}

function ownRule(module: SourceModule, from: string, target: string): string | undefined {
  const to = folderOf(target);
  if (to === undefined || to === from) return undefined;
  if (besideProduct.includes(to)) return `nothing of the product imports ${to}`;
  const isForBrowser = from === 'components' || module.isForBrowser === true;
  if (isForBrowser && !browserSafe.includes(to))
    return 'browser code reaches server/contracts and server/domain only';
  const layerOf = (folder: string) => layers.findIndex((layer) => layer.includes(folder));
  const [lower, upper] = [layerOf(to), layerOf(from)];
  if (lower > upper) return `imports point down: ${from} is below ${to}`;
  if (lower === upper && upper === entryLayer) return 'entries never import each other';
  if (lower === upper && lower < 3) return `${from} and ${to} stand side by side and do not know each other`;
  return undefined;
}

/**
 * Holds a set of files against the rules of the house: imports point down, entries never import each other, browser
 * code reaches the contracts and pure rules only, and each outside thing is known to its owner alone.
 */
export function findBreaches(
  modules: readonly SourceModule[],
  allowed: readonly Exception[] = exceptions,
): Breach[] {
  const breaches: Breach[] = [];
  const used = new Set<Exception>();
  for (const module of modules) {
    const from = folderOf(module.file);
    if (from === undefined || besideProduct.includes(from) || isTest(module.file)) continue;
    for (const imported of module.imports) {
      const target = resolveImport(module.file, imported);
      const name = 'own' in target ? target.own : target.package;
      const rule =
        'own' in target
          ? ownRule(module, from, name)
          : packageRule(module, from, imported.startsWith('node:') ? imported : name);
      if (rule === undefined) continue;
      const exception = allowed.find((entry) => isIn(module.file, entry.from) && isIn(name, entry.to));
      if (exception === undefined) breaches.push({ file: module.file, imported: name, rule });
      else used.add(exception);
    }
  }
  for (const { from, to } of allowed.filter((entry) => !used.has(entry))) {
    breaches.push({
      file: from,
      imported: to,
      rule: 'this exception is no longer needed: take it off the list',
    });
  }
  return breaches;
}

const importPattern =
  /(?:^|[\s;])(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Imports of a source text, as written. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(importPattern)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** Reads every source file of the repository. */
export function readModules(root: string): SourceModule[] {
  const tops = [...new Set(folders.map((folder) => folder.split('/')[0] ?? folder))];
  const files = tops.flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
  );
  return files.sort().map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return { file, imports: importsOf(text), isForBrowser: /^\s*['"]use client['"]/.test(text) };
  });
}
