// A page that lists the mails of a folder and shows each of them: text, HTML, attachments, source.
import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const style = `body{font:15px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color:#1c2733}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #d9e0e8;padding:6px 8px;text-align:left;vertical-align:top}
a{color:#1f5fa8}iframe{width:100%;height:420px;border:1px solid #d9e0e8}pre{white-space:pre-wrap;border:1px solid #d9e0e8;padding:12px;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dd{margin:0;overflow-wrap:anywhere}`;
const shell = (title, body) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

export function startPage({ dir, port, parse }) {
  const names = async () => (await readdir(dir)).filter((name) => name.endsWith('.eml')).sort().reverse();
  const read = async (name) => parse(await readFile(path.join(dir, name)));
  const summary = async (name) => {
    const mail = await read(name);
    return {
      id: name.slice(0, -'.eml'.length),
      messageId: mail.messageId,
      from: mail.from?.text,
      to: mail.to?.text,
      subject: mail.subject,
      date: mail.date,
      text: mail.text,
      attachments: mail.attachments.map((a) => ({ fileName: a.filename, mediaType: a.contentType, size: a.size })),
    };
  };

  async function list() {
    const rows = await Promise.all((await names()).map(summary));
    const body = rows.map((m) => `<tr><td>${escape(m.date?.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' }))}</td><td>${escape(m.to)}</td>
<td><a href="/mail/${m.id}">${escape(m.subject || '（无主题）')}</a></td><td>${m.attachments.length || ''}</td></tr>`).join('');
    return shell('演示邮件', `<h1>演示邮件</h1><p>共 ${rows.length} 封。这里的邮件没有寄到任何人手里。</p>
<table><thead><tr><th>时间</th><th>收件人</th><th>主题</th><th>附件</th></tr></thead><tbody>${body}</tbody></table>`);
  }

  async function show(id) {
    const mail = await read(`${id}.eml`);
    const files = mail.attachments.map((a, i) =>
      `<li><a href="/mail/${id}/attachment/${i}">${escape(a.filename || '附件')}</a>（${Math.ceil(a.size / 1024)} KB）</li>`).join('');
    return shell(mail.subject, `<p><a href="/">全部邮件</a></p><h1>${escape(mail.subject)}</h1>
<dl><dt>发件人</dt><dd>${escape(mail.from?.text)}</dd><dt>收件人</dt><dd>${escape(mail.to?.text)}</dd><dt>Message-ID</dt><dd>${escape(mail.messageId)}</dd></dl>
${mail.html ? `<iframe src="/mail/${id}/html" sandbox title="邮件内容"></iframe>` : `<pre>${escape(mail.text)}</pre>`}
${files ? `<h2>附件</h2><ul>${files}</ul>` : ''}<p><a href="/mail/${id}/source">源文件</a></p>`);
  }

  async function answer(url) {
    if (url.pathname === '/') {
      return { type: 'text/html; charset=utf-8', body: await list() };
    }

    if (url.pathname === '/api/mails') {
      return { type: 'application/json', body: JSON.stringify(await Promise.all((await names()).map(summary))) };
    }

    const [, id, part, number] = /^\/mail\/([0-9]+-[0-9]+)(?:\/(html|source|attachment)(?:\/([0-9]+))?)?$/.exec(url.pathname) ?? [];
    if (!id || !(await names()).includes(`${id}.eml`)) {
      return undefined;
    }

    switch (part) {
      case undefined:
        return { type: 'text/html; charset=utf-8', body: await show(id) };
      case 'html':
        return { type: 'text/html; charset=utf-8', body: (await read(`${id}.eml`)).html || '', sandbox: true };
      case 'source':
        return { type: 'text/plain; charset=utf-8', body: await readFile(path.join(dir, `${id}.eml`)) };
      default: {
        const file = (await read(`${id}.eml`)).attachments[Number(number)];
        return file && {
          type: file.contentType,
          body: file.content,
          sandbox: true,
          disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.filename || 'attachment')}`,
        };
      }
    }
  }

  const server = createServer(async (request, response) => {
    try {
      const found = request.method === 'GET' ? await answer(new URL(request.url, 'http://localhost')) : undefined;
      response.statusCode = found ? 200 : 404;
      response.setHeader('Content-Type', found?.type ?? 'text/plain; charset=utf-8');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Content-Security-Policy', found?.sandbox ? "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:" : "default-src 'self'; style-src 'unsafe-inline'");
      if (found?.disposition) {
        response.setHeader('Content-Disposition', found.disposition);
      }

      response.end(found?.body ?? 'Not found');
    } catch (error) {
      response.statusCode = 500;
      response.end(error.message);
    }
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
