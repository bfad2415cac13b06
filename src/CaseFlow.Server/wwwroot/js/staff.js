// The staff's pages: drafts that save themselves, fields that depend on others, the summary beside the list, papers side by
// side, printing. Every one of them has a way without script.

const draftEvery = 10000;
const summaryDelay = 150;

export function startStaff() {
  document.addEventListener('change', onChange);
  document.addEventListener('input', onInput);
  document.addEventListener('click', onClick);
  document.addEventListener('focusin', onFocus);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { saveDrafts(); } });
  setInterval(saveDrafts, draftEvery);
  refresh();
  Blazor.addEventListener('enhancedload', refresh);
}

function refresh() {
  for (const field of document.querySelectorAll('[data-field]')) {
    showDependents(field);
  }
  for (const text of document.querySelectorAll('textarea[maxlength]')) {
    count(text);
  }
  fitSheet();
}

function onChange(event) {
  const control = event.target;
  if (control.dataset?.consequence !== undefined && control.checked) {
    const note = control.form?.querySelector(`[data-consequence-of="${control.name}"]`);
    if (note) {
      note.textContent = control.dataset.consequence;
    }
  }
  if (control.dataset?.field) {
    showDependents(control);
  }
  touch(control.form);
}

function onInput(event) {
  if (event.target.matches('textarea[maxlength]')) {
    count(event.target);
  }
  if (event.target.dataset?.field) {
    // At once, not when the field is left: the page must not move under the next click.
    showDependents(event.target);
  }
  touch(event.target.form);
}

function onClick(event) {
  const paper = event.target.closest('[data-materials] a');
  if (paper && paper.dataset.type?.startsWith('image/') && !event.ctrlKey && !event.metaKey) {
    showPaper(event, paper);
  }
  const phrase = event.target.closest('[data-phrase]');
  if (phrase) {
    insertPhrase(phrase);
  }
  const print = event.target.closest('[data-print]');
  if (print) {
    event.preventDefault();
    (print.dataset.print === 'sheet' ? document.getElementById('sheet')?.contentWindow ?? window : window).print();
  }
  const row = event.target.closest('tr[data-summary]');
  if (row && !event.target.closest('a, button, input, label')) {
    openSummary(row, 0);
  }
  for (const pop of document.querySelectorAll('details.pop[open]')) {
    if (!pop.contains(event.target)) {
      pop.open = false;
    }
  }
}

// The summary follows the selected row while it is open; `o` opens it.
let waiting;
function onFocus(event) {
  const row = event.target.closest?.('tr[data-summary]');
  if (row && document.querySelector('[data-drawer]') && event.target === row) {
    openSummary(row, summaryDelay);
  }
}

document.addEventListener('keydown', event => {
  if (event.key !== 'o' || event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.keys === 'off'
      || event.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')) {
    return;
  }
  const row = document.querySelector('tr[data-summary][aria-selected=true]') ?? document.querySelector('tr[data-summary]');
  if (row) {
    event.preventDefault();
    openSummary(row, 0);
  }
});

function openSummary(row, delay) {
  clearTimeout(waiting);
  if (row.classList.contains('sel') || innerWidth < 1200) {
    return;
  }
  waiting = setTimeout(() => {
    const href = row.dataset.summary;
    const link = document.createElement('a');
    link.href = href;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
  }, delay);
}

function showDependents(control) {
  const group = control.closest('fieldset.fs-row') ?? control.form ?? document;
  const values = [...group.querySelectorAll(`[data-field="${control.dataset.field}"]`)]
    .filter(c => !['radio', 'checkbox'].includes(c.type) || c.checked)
    .map(c => c.value);
  for (const dependent of group.querySelectorAll(`[data-when-field="${control.dataset.field}"]`)) {
    dependent.hidden = !dependent.dataset.whenIn.split('|').some(v => values.includes(v));
  }
}

function count(text) {
  const place = text.parentElement.querySelector('[data-count]');
  if (place) {
    place.textContent = `${text.value.length}/${text.maxLength}`;
  }
}

function insertPhrase(button) {
  const text = document.querySelector('[data-opinion]');
  if (text) {
    text.value = text.value ? `${text.value}\n${button.textContent}` : button.textContent;
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.focus();
  }
  button.closest('details').open = false;
}

function showPaper(event, paper) {
  const preview = paper.closest('.mv')?.querySelector('.preview');
  if (!preview) {
    return;
  }
  event.preventDefault();
  for (const other of paper.parentElement.querySelectorAll('[aria-current]')) {
    other.removeAttribute('aria-current');
  }
  paper.setAttribute('aria-current', 'true');
  let image = preview.querySelector('img');
  if (!image) {
    image = document.createElement('img');
    preview.prepend(image);
  }
  image.src = paper.href;
  image.alt = paper.childNodes[1]?.textContent ?? '';
  const open = preview.querySelector('.meta a');
  if (open) {
    open.href = paper.href;
  }
}

// Drafts: what has changed since the last time is saved quietly; the page says when.
function touch(form) {
  if (form?.dataset.draft) {
    form.dataset.changed = 'true';
  }
}

function saveDrafts() {
  for (const form of document.querySelectorAll('form[data-draft][data-changed=true]')) {
    form.dataset.changed = 'false';
    const content = new FormData(form);
    for (const [name, value] of [...content]) {
      if (value instanceof File) {
        content.delete(name);
      }
    }
    fetch(form.dataset.draft, { method: 'POST', body: content, keepalive: true })
      .then(answer => answer.ok ? answer.json() : null)
      .then(saved => {
        const place = document.querySelector('[data-draft-state]');
        if (saved && place) {
          place.textContent = place.dataset.draftState.replace('{0}', saved.savedAt);
        }
      })
      .catch(() => { form.dataset.changed = 'true'; });
  }
}

function fitSheet() {
  const sheet = document.getElementById('sheet');
  if (!sheet) {
    return;
  }
  const fit = () => { sheet.style.height = `${sheet.contentDocument?.body?.offsetHeight ?? 1130}px`; };
  sheet.addEventListener('load', fit);
  if (sheet.contentDocument?.readyState === 'complete') {
    fit();
  }
}
