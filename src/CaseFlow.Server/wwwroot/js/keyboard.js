// Keyboard use of lists and decisions. Single keys are off inside fields, and everywhere if the person has switched them
// off. Nothing here submits a form but Ctrl+Enter.
//
//   tbody[data-rows]            a list; its rows are tr[data-href], one of them has tabindex 0
//   [data-key="c"]              a link or button is pressed, a field gets the focus, a choice is chosen by this key
//   tr [data-row-key="c"]       the same for the selected row only
//   [data-opinion]              where writing goes on after a choice
//   [data-drawer]               Escape closes it (its [data-close] link) and the focus returns to the row

const editable = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';
let prefix = '';

export function startKeyboard() {
  document.addEventListener('keydown', onKey);
  document.addEventListener('focusin', event => {
    const row = event.target.closest('tbody[data-rows] > tr');
    if (row) {
      select(row, false);
    }
  });
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.metaKey) {
    return;
  }
  if (event.ctrlKey) {
    if (event.key === 'Enter') {
      submit(event);
    }
    return;
  }
  const inField = event.target.matches(editable);
  if (event.key === 'Escape') {
    escape(event, inField);
    return;
  }
  if (inField || document.body.dataset.keys === 'off') {
    return;
  }
  if (event.key === 'Enter' && event.target.matches('tr[data-href]')) {
    event.target.querySelector('a[href]')?.click();
    return;
  }
  if (handle(prefix + event.key)) {
    event.preventDefault();
    prefix = '';
  } else {
    prefix = event.key === 'g' ? 'g ' : '';
  }
}

function handle(key) {
  switch (key) {
    case 'j': return move(1);
    case 'k': return move(-1);
    case 'g i': return go('/staff/inbox');
    case '?': return go('/help/keys');
    default: return press(key);
  }
}

function submit(event) {
  const form = event.target.form ?? document.querySelector('form[data-main]');
  const button = form?.querySelector('button[type=submit].btn-primary, button[type=submit]');
  if (form && button) {
    event.preventDefault();
    form.requestSubmit(button);
  }
}

function escape(event, inField) {
  const drawer = document.querySelector('[data-drawer]');
  if (inField) {
    event.target.blur();
  } else if (drawer) {
    selected()?.focus();
    drawer.querySelector('[data-close]')?.click();
  }
}

const rows = () => [...document.querySelectorAll('tbody[data-rows] > tr[data-href]')];
const selected = () => document.querySelector('tbody[data-rows] > tr[aria-selected=true]');

function move(step) {
  const all = rows();
  if (all.length === 0) {
    return false;
  }
  const at = all.indexOf(selected());
  select(all[Math.min(all.length - 1, Math.max(0, at + step))], true);
  return true;
}

function select(row, focus) {
  for (const other of rows()) {
    const is = other === row;
    other.tabIndex = is ? 0 : -1;
    other.setAttribute('aria-selected', is);
  }
  if (focus) {
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }
}

function go(href) {
  const link = document.querySelector(`a[href="${href}"]`);
  if (link) {
    link.click();
  } else {
    location.href = href;
  }
  return true;
}

function press(key) {
  const name = CSS.escape(key);
  const target = selected()?.querySelector(`[data-row-key="${name}"]`) ?? document.querySelector(`[data-key="${name}"]`);
  if (!target || target.closest('[hidden]')) {
    return false;
  }
  if (target.matches('input[type=radio]')) {
    target.checked = true;
    target.dispatchEvent(new Event('change', { bubbles: true }));
    (document.querySelector('[data-opinion]') ?? target).focus();
  } else if (target.matches(editable)) {
    target.focus();
  } else {
    target.click();
  }
  return true;
}
