import { findBreaches, readModules } from './import-rules';

// Run by `npm run check`: prints each breach and exits with 1 when there is one.
const breaches = findBreaches(readModules(process.cwd()));
for (const { file, imported, rule } of breaches) console.error(`${file} imports ${imported}: ${rule}`);
process.exitCode = breaches.length === 0 ? 0 : 1;
