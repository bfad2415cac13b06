// What every page does: focus after enhanced navigation, links of an error summary, menus that close.
import { startKept } from './kept.js';
import { startKeyboard } from './keyboard.js';
import { startStaff } from './staff.js';

const headingOf = () => document.querySelector('[data-focus]') ?? document.querySelector('h1[tabindex="-1"]');

// A page that came back with mistakes: the summary takes the focus.
document.querySelector('[data-focus]')?.focus();

// Enhanced navigation replaces the content in place: say where the person is now. A page that only updates itself
// (same address) keeps the focus where it was.
let lastPath = location.pathname;
Blazor.addEventListener('enhancedload', () => {
  const moved = location.pathname !== lastPath;
  lastPath = location.pathname;
  if (document.querySelector('[data-focus]') || (moved && !location.hash)) {
    headingOf()?.focus({ preventScroll: !moved });
  }
});

document.addEventListener('click', event => {
  const link = event.target.closest('.errsum a[href*="#"], a.skip');
  if (link) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) {
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: 'center' });
    }
  }
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
}, true);

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});

// A form is sent once: a second click while the answer is on its way does nothing. A form that fetches a file leaves the
// page as it is, so it may be sent again.
document.addEventListener('submit', event => {
  const form = event.target;
  if ('download' in form.dataset) {
    return;
  }
  if (form.dataset.sent === 'true') {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  form.dataset.sent = 'true';
  setTimeout(() => { delete form.dataset.sent; }, 3000);
}, true);

startKept();
startKeyboard();
startStaff();
