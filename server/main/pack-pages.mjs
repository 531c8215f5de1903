import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
/** Asks V8 to compile a script whole, off the page's own thread while it arrives, instead of function by function when they are called. */
const wholeHint = '//# allFunctionsCalledOnLoad\n';
/** Larger ones are libraries, most of which is never called; of what is smaller, and of ours, nearly everything is. */
const ownMostBytes = 64 * 1_024;
/** What is smaller is compiled before anybody notices. */
const ownLeastBytes = 4 * 1_024;
/** Smaller files travel in one packet as they are. */
const packedFromBytes = 1_024;

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
}

/**
 * Makes the scripts and styles of built pages ready to be sent: those that every page starts with and those of single
 * pages are marked to be compiled whole, and each is put beside itself as Brotli and as gzip, so that nobody compresses
 * while somebody waits.
 * @param {string} next folder of the build
 */
export async function packPages(next) {
  /** @type {{ rootMainFiles: string[] }} */
  const { rootMainFiles } = JSON.parse(readFileSync(path.join(next, 'build-manifest.json'), 'utf8'));
  const all = filesIn(path.join(next, 'static')).filter((file) => /\.(js|css)$/.test(file));
  const everywhere = new Set(rootMainFiles.map((name) => path.join(next, name)));
  for (const file of all.filter((one) => one.endsWith('.js'))) {
    const { size } = statSync(file);
    if (!everywhere.has(file) && (size < ownLeastBytes || size > ownMostBytes)) continue;
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith(wholeHint)) writeFileSync(file, wholeHint + text);
  }
  const files = all.filter((file) => statSync(file).size >= packedFromBytes);
  // A thread of the pool each.
  await Promise.all(
    files.map(async (file) => {
      const content = readFileSync(file);
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      writeFileSync(`${file}.br`, await toBrotli(content, { params }));
      writeFileSync(`${file}.gz`, await toGzip(content, { level: 9 }));
    }),
  );
}
