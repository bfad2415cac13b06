// Fails the build where a text is written twice, has no Chinese or no English, or breaks the form of Texts.json: the server
// reads all files at once and must not find out when the first page is asked for.
import { readFileSync } from 'node:fs';

const seen = new Map();
let wrong = 0;
const complain = (file, message) => { console.error(`${file}(1): error TEXTS: ${message}`); wrong++; };

for (const file of process.argv.slice(2)) {
  const source = readFileSync(file, 'utf8');
  let texts;
  try {
    texts = JSON.parse(source);
  } catch (error) {
    complain(file, error.message);
    continue;
  }
  const written = [...source.matchAll(/^\s*"((?:[^"\\]|\\.)*)"\s*:/gm)].length;
  if (written !== Object.keys(texts).length) {
    complain(file, 'a key stands twice in this file, or two texts stand on one line');
  }
  for (const [key, pair] of Object.entries(texts)) {
    if (!Array.isArray(pair) || pair.length !== 2 || pair.some(text => typeof text !== 'string' || text.trim() === '')) {
      complain(file, `${key} needs exactly a Chinese and an English text`);
    }
    if (seen.has(key)) {
      complain(file, `${key} stands in ${seen.get(key)} already`);
    }
    seen.set(key, file);
  }
}

process.exit(wrong === 0 ? 0 : 1);
