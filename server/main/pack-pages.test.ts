import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packPages } from './pack-pages.mjs';

const words = `/* ${'word '.repeat(500)} */`;
const page = words.repeat(3);
const library = words.repeat(30);
let next: string;
const at = (name: string) => path.join(next, name);

beforeEach(() => {
  next = mkdtempSync(path.join(os.tmpdir(), 'latchkey-next-'));
  mkdirSync(at('static/chunks'), { recursive: true });
  writeFileSync(at('build-manifest.json'), JSON.stringify({ rootMainFiles: ['static/chunks/root.js'] }));
  writeFileSync(at('static/chunks/root.js'), library);
  writeFileSync(at('static/chunks/library.js'), library);
  writeFileSync(at('static/chunks/page.js'), page);
  writeFileSync(at('static/chunks/style.css'), words);
  writeFileSync(at('static/chunks/small.js'), 'small');
});
afterEach(() => rmSync(next, { recursive: true }));

it('scripts of every page and of single ones are to be compiled whole, and libraries as they are called', async () => {
  await packPages(next);
  await packPages(next);
  const hint = '//# allFunctionsCalledOnLoad\n';
  expect(readFileSync(at('static/chunks/root.js'), 'utf8')).toBe(hint + library);
  expect(readFileSync(at('static/chunks/page.js'), 'utf8')).toBe(hint + page);
  expect(readFileSync(at('static/chunks/library.js'), 'utf8')).toBe(library);
  expect(readFileSync(at('static/chunks/small.js'), 'utf8')).toBe('small');
  expect(readFileSync(at('static/chunks/style.css'), 'utf8')).toBe(words);
});

it('each file worth it lies packed beside itself', async () => {
  await packPages(next);
  for (const name of ['root.js', 'page.js', 'style.css']) {
    const file = at(`static/chunks/${name}`);
    const content = readFileSync(file, 'utf8');
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe(content);
    expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(content);
  }
  expect(existsSync(at('static/chunks/small.js.br'))).toBe(false);
});
