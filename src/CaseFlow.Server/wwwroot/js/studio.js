// Puts the views of Elsa Studio (custom elements of its npm package) onto our page and keeps them signed in. Studio itself
// is unmodified; what it does not tell a person (refusals outside the editor, an ended session) is told here.
(() => {
  'use strict';

  const api = '/elsa/api';
  const words = document.body.dataset;
  const view = document.getElementById('studio-view');
  const providerHost = document.getElementById('studio-provider');
  const messages = document.getElementById('studio-messages');
  const nameLabel = document.getElementById('studio-name');
  const stateLabel = document.getElementById('studio-state');
  const compareLink = document.getElementById('studio-compare');
  const plainFetch = window.fetch.bind(window);

  const routes = [
    [/^\/studio\/workflows\/definitions\/([^/]+)\/edit\/?$/, 'elsa-workflow-definition-editor', 'definition-id'],
    [/^\/studio\/workflows\/instances\/([^/]+)\/view\/?$/, 'elsa-workflow-instance-viewer', 'instance-id'],
    [/^\/studio\/workflows\/instances\/?$/, 'elsa-workflow-instance-list', null],
    [/^\/studio\/?.*$/, 'elsa-workflow-definition-list', null],
  ];

  // --- Signing in -------------------------------------------------------------------------------------------------------
  let renewal = 0;

  async function renewToken() {
    const response = await plainFetch(words.token, { method: 'POST', headers: { 'X-Requested-With': 'CaseFlow' }, credentials: 'same-origin' });
    if (!response.ok || response.redirected) {
      say([words.sessionOver], true);
      throw new Error('no session');
    }
    const token = await response.json();
    await customElements.whenDefined('elsa-backend-provider');
    // Studio reads a provider's values only when the element is made, so a new token needs a new element.
    const old = [...providerHost.children];
    const provider = document.createElement('elsa-backend-provider');
    provider.setAttribute('remote-endpoint', location.origin + api);
    provider.setAttribute('access-token', token.accessToken);
    providerHost.append(provider);
    setTimeout(() => old.forEach(element => element.remove()), 3000);
    clearTimeout(renewal);
    renewal = setTimeout(() => renewToken().catch(() => {}), Math.max(5, token.expiresIn * 0.6) * 1000);
  }

  // --- Views ------------------------------------------------------------------------------------------------------------
  // Blazor disposes of a removed element after a second; two views at once break each other's dialogs.
  const disposalTime = 1200;
  const loading = view.firstElementChild;
  let shown = '';

  async function showView() {
    const path = location.pathname;
    const [pattern, element, attribute] = routes.find(route => route[0].test(path));
    const id = attribute ? decodeURIComponent(pattern.exec(path)[1]) : '';
    const key = element + ' ' + id;
    if (key === shown) return;
    shown = key;
    nameLabel.textContent = words.definitions;
    stateLabel.hidden = true;
    compareLink.hidden = true;
    if (view.firstElementChild?.tagName.startsWith('ELSA-')) {
      view.replaceChildren(loading);
      await new Promise(done => setTimeout(done, disposalTime));
    }
    await customElements.whenDefined(element);
    if (key !== shown) return;
    const made = document.createElement(element);
    if (attribute) made.setAttribute(attribute, id);
    made.editWorkflowDefinition = definitionId => go('/studio/workflows/definitions/' + encodeURIComponent(definitionId) + '/edit');
    made.viewWorkflowInstance = instanceId => go('/studio/workflows/instances/' + encodeURIComponent(instanceId) + '/view');
    view.replaceChildren(made);
  }

  function go(path) {
    history.pushState(null, '', path);
  }

  const pushState = history.pushState;
  history.pushState = function (...args) {
    pushState.apply(this, args);
    queueMicrotask(showView);
  };
  addEventListener('popstate', () => showView());
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-view]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      go(link.getAttribute('href'));
    }
  }, true);

  // --- What Studio does not tell ----------------------------------------------------------------------------------------
  function say(lines, bad) {
    messages.querySelector('ul').replaceChildren(...lines.map(line => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }));
    messages.classList.toggle('bad', bad);
    messages.hidden = false;
  }
  messages.querySelector('button').addEventListener('click', () => { messages.hidden = true; });

  function describe(definition) {
    if (!definition || !definition.definitionId) return;
    nameLabel.textContent = definition.name;
    const state = definition.isPublished ? words.published : definition.customProperties?.caseFlowSubmitted ? words.submitted : words.draft;
    stateLabel.textContent = words.version.replace('{0}', definition.version) + ' ' + state;
    stateLabel.classList.toggle('published', definition.isPublished);
    stateLabel.hidden = false;
    compareLink.href = '/admin/workflows/' + encodeURIComponent(definition.definitionId);
    compareLink.hidden = false;
  }

  async function watch(path, method, response) {
    if (response.status === 401) {
      await renewToken();
      say([words.notRecorded], true);
    } else if (response.status >= 400) {
      const problem = await response.json().catch(() => ({}));
      const lines = Object.values(problem.errors ?? {}).flat().map(line => typeof line === 'string' ? line : line.message);
      say(lines.length ? lines : [problem.detail ?? problem.title ?? words.failed], problem.code !== 'submitted');
    } else if (/^\/workflow-definitions\/by-definition-id\//.test(path)) {
      describe(await response.json());
    } else if (method === 'POST' && path === '/workflow-definitions') {
      messages.hidden = true;
      describe((await response.json()).workflowDefinition);
    }
  }

  window.fetch = async (resource, options) => {
    const response = await plainFetch(resource, options);
    const address = new URL(typeof resource === 'string' ? resource : resource.url ?? String(resource), document.baseURI);
    if (address.origin === location.origin && address.pathname.startsWith(api)) {
      const method = (options?.method ?? resource.method ?? 'GET').toUpperCase();
      watch(address.pathname.slice(api.length), method, response.clone()).catch(() => {});
    }
    return response;
  };

  renewToken().then(showView).catch(() => {});
})();
