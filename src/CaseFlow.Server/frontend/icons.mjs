// Builds one SVG sprite from the outline icons named in icons.txt, so that a page refers to an icon in one short element
// and the browser fetches the drawings once.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
const names = [...new Set(readFileSync(join(here, 'icons.txt'), 'utf8').split(/\s+/).filter(Boolean))].sort();

const symbols = names.map(name => {
  const source = readFileSync(join(here, '..', 'node_modules', '@tabler', 'icons', 'icons', 'outline', `${name}.svg`), 'utf8');
  const drawing = source
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>[\s\S]*/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
});

writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`);
