import { readFile, writeFile } from 'node:fs/promises';
import { makeOpenApi } from './openapi';

const file = new URL('../../public/openapi.json', import.meta.url);
const made = `${JSON.stringify(makeOpenApi(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== made) {
    console.error('public/openapi.json is not what the operations say; run `npm run openapi`.');
    process.exit(1);
  }
} else {
  await writeFile(file, made);
}
