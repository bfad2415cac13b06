// A session that ended while a form was filled in: what was sent is put back into the form after signing in again. It is
// kept in this tab only, for the same account only, and thrown away as soon as a page answers in any other way.
const place = 'caseflow.sent';

export function startKept() {
  document.addEventListener('submit', remember);
  Blazor.addEventListener('enhancedload', look);
  look();
}

function remember(event) {
  const form = event.target;
  const account = document.body.dataset.account;
  if (!account || form.method !== 'post' || form.querySelector('input[type=password]')) {
    return;
  }
  const values = controlsOf(form)
    .filter(control => !(isTick(control) && !control.checked))
    .map(control => [control.name, control.value]);
  if (values.length > 0) {
    sessionStorage.setItem(place, JSON.stringify({ account, path: location.pathname, handler: handlerOf(form), values }));
  }
}

function look() {
  const sent = JSON.parse(sessionStorage.getItem(place) ?? 'null');
  if (!sent) {
    return;
  }
  if (document.querySelector('[data-lost]')) {
    sessionStorage.setItem(place, JSON.stringify({ ...sent, lost: true }));
  } else if (document.querySelector('input[type=password]') && sent.lost) {
    return; // A wrong password: still on the way back.
  } else {
    sessionStorage.removeItem(place);
    if (sent.lost && sent.path === location.pathname && sent.account === document.body.dataset.account) {
      restore(sent);
    }
  }
}

function restore(sent) {
  const form = [...document.querySelectorAll('form')].find(f => f.method === 'post' && handlerOf(f) === sent.handler);
  if (!form) {
    return;
  }
  const left = new Map();
  for (const [name, value] of sent.values) {
    left.set(name, [...(left.get(name) ?? []), value]);
  }
  for (const control of controlsOf(form)) {
    const values = left.get(control.name) ?? [];
    if (isTick(control)) {
      control.checked = values.includes(control.value);
    } else if (values.length > 0) {
      control.value = values.shift();
    }
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
  tell(form);
}

function tell(form) {
  const note = document.createElement('div');
  note.className = 'note warn-n';
  note.setAttribute('role', 'status');
  note.textContent = document.body.dataset.kept;
  form.prepend(note);
  note.scrollIntoView({ block: 'center' });
}

const isTick = control => control.type === 'radio' || control.type === 'checkbox';

const handlerOf = form => form.querySelector('input[name=_handler]')?.value ?? '';

const controlsOf = form => [...form.elements].filter(control =>
  control.name && !control.disabled && !['hidden', 'submit', 'button', 'file', 'password'].includes(control.type));
