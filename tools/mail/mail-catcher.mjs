// Catches the mails of the demo and of the tests: a real SMTP server that keeps each mail as an .eml file, and a page that
// shows them. It listens on the loopback interface only, because its built-in certificate is public.
//
//   node tools/mail/mail-catcher.mjs --dir data/mail --smtp 2525 --http 8025
//
// --refuse <regexp>     refuse matching recipients with 550
// --delay <regexp>      put matching recipients off with 451
// --drop <regexp>       take the content of mails to matching recipients, keep it, and break off without an answer
// --auth user:password  demand this sign-in (over STARTTLS)
// --exit-with-stdin     end when standard input closes, so that it never outlives who started it
//
// Port 0 takes a free one. When ready it prints one line: {"smtp":2525,"http":8025}
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPage } from './page.mjs';

// The packages stand under the server's lock file, so that one installation brings everything.
const require = createRequire(new URL('../../src/CaseFlow.Server/package.json', import.meta.url));
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const { values: options } = parseArgs({
  options: {
    dir: { type: 'string' },
    smtp: { type: 'string', default: '2525' },
    http: { type: 'string', default: '8025' },
    refuse: { type: 'string' },
    delay: { type: 'string' },
    drop: { type: 'string' },
    auth: { type: 'string' },
    'exit-with-stdin': { type: 'boolean', default: false },
  },
});
if (!options.dir) {
  console.error('--dir is missing: the folder for the mails.');
  process.exit(2);
}

mkdirSync(options.dir, { recursive: true });
const matches = (pattern, address) => Boolean(pattern) && new RegExp(pattern, 'i').test(address);
const failure = (code, text) => Object.assign(new Error(text), { responseCode: code });
let sequence = 0;

async function keep(content) {
  sequence += 1;
  const name = `${Date.now()}-${String(sequence).padStart(6, '0')}.eml`;
  const file = path.join(options.dir, name);
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}

const smtp = new SMTPServer({
  authOptional: !options.auth,
  disableReverseLookup: true,
  size: 32 * 1024 * 1024,
  onAuth(auth, session, done) {
    const right = options.auth === `${auth.username}:${auth.password}`;
    done(right ? null : failure(535, 'Wrong name or password'), right ? { user: auth.username } : undefined);
  },
  onRcptTo({ address }, session, done) {
    if (matches(options.refuse, address)) {
      done(failure(550, `No mailbox here: ${address}`));
    } else if (matches(options.delay, address)) {
      done(failure(451, `Try again later: ${address}`));
    } else {
      done();
    }
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', async () => {
      await keep(Buffer.concat(parts));
      if (session.envelope.rcptTo.some(({ address }) => matches(options.drop, address))) {
        for (const connection of smtp.connections) {
          connection._socket.destroy();
        }
      } else {
        done(null, 'Kept');
      }
    });
  },
});
smtp.on('error', (error) => console.error(error.message));

const page = await startPage({ dir: options.dir, port: Number(options.http), parse: simpleParser });
const server = smtp.listen(Number(options.smtp), '127.0.0.1', () => {
  console.log(JSON.stringify({ smtp: server.address().port, http: page.address().port }));
});

const stop = () => process.exit(0);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (options['exit-with-stdin']) {
  process.stdin.on('end', stop);
  process.stdin.resume();
}
