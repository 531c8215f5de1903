import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';

/** Targets that need the built pages. */
const pageTargets = ['all', 'pages'];

/**
 * Reads our own flags; everything else goes to the target.
 * @param {readonly string[]} args
 * @returns {{ target: string, isDev: boolean, isBuildOnly: boolean, rest: readonly string[] }}
 */
function readFlags(args) {
  const [first, ...others] = args;
  if (first === '--admin') return { target: 'admin', isDev: false, isBuildOnly: false, rest: others };
  if (first === '--bench') return { target: 'bench', isDev: false, isBuildOnly: false, rest: others };
  const target = args.find((arg) => arg.startsWith('--target='))?.slice('--target='.length) || 'all';
  return {
    target,
    isDev: args.includes('--dev'),
    isBuildOnly: args.includes('--build-only'),
    rest: args.filter((arg) => !arg.startsWith('--target=') && arg !== '--dev' && arg !== '--build-only'),
  };
}

checkNode();
process.chdir(root);
const { target, isDev, isBuildOnly, rest } = readFlags(process.argv.slice(2));
try {
  const needsPages = isBuildOnly || pageTargets.includes(target);
  await prepare({ server: !isDev, pages: !isDev && needsPages });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

if (!isBuildOnly) {
  const env = /** @type {Record<string, string | undefined>} */ (process.env);
  env.NODE_ENV = isDev ? 'development' : 'production';
  const program = path.join(root, isDev ? 'server/main/main.ts' : 'dist/main.js');
  process.argv = [process.execPath, program, `--target=${target}`, ...(isDev ? ['--dev'] : []), ...rest];
  process.setSourceMapsEnabled(true);
  if (isDev) {
    const { register } = await import('tsx/esm/api');
    register();
  }
  await import(pathToFileURL(program).href);
}
