// Draws the icons of the installed app from the mark in app/icon.svg: `node server/testing/draw-icons.mjs`.
import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

const mark = await readFile('app/icon.svg', 'utf8');
/** Without rounded corners and with the key in the inner four fifths, which every mask leaves (W3C maskable icons). */
const maskable = mark
  .replace('rx="9" ', '')
  .replace('<circle', '<g transform="translate(5.6 5.6) scale(.65)"><circle')
  .replace('</svg>', '</g></svg>');
const square = mark.replace('rx="9" ', '');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH });
for (const [file, svg, size] of [
  ['public/icons/icon-192.png', mark, 192],
  ['public/icons/icon-512.png', mark, 512],
  ['public/icons/maskable-512.png', maskable, 512],
  ['app/apple-icon.png', square, 180],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  await page.screenshot({ path: file, omitBackground: true });
  await page.close();
}
await browser.close();
