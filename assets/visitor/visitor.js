// Brings what is new into a test's page: as it happens, or from time to time where that is refused.
// What the reader has opened, and where the focus is, stays.

const own = document.currentScript;
const eventsPath = own instanceof HTMLScriptElement ? own.dataset['events'] : undefined;
const POLL_MS = 5000;

if (eventsPath !== undefined) follow(eventsPath);
offerToCopy();

/** @param {string} path */
function follow(path) {
  const source = new EventSource(path);
  source.addEventListener('parts', (event) => {
    renew(elementsOf(String(event.data)));
  });
  source.addEventListener('over', () => {
    source.close();
    void look();
  });
  source.addEventListener('error', () => {
    // A stream that broke is begun again by the browser; one that was refused is not.
    if (source.readyState === EventSource.CLOSED) pollLater();
  });
}

function pollLater() {
  setTimeout(() => void poll(), POLL_MS);
}

async function poll() {
  if (document.hidden || !(await look())) pollLater();
}

/** Whether nothing more is waited for. @returns {Promise<boolean>} */
async function look() {
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    if (answer.status === 404) return true;
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    renew([...page.querySelectorAll('[data-news]')]);
    return page.querySelector('script[data-events]') === null;
  } catch {
    // The server cannot be reached just now.
    return false;
  }
}

/** @param {string} markup @returns {readonly Element[]} */
function elementsOf(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return [...template.content.children];
}

/** Puts new parts in the place of the old, and says aloud what has changed. @param {readonly Element[]} parts */
function renew(parts) {
  const news = [];
  for (const part of parts) {
    const old = document.getElementById(part.id);
    if (old === null) continue;
    const said = part.getAttribute('data-news');
    if (said !== null && said !== old.getAttribute('data-news')) news.push(said);
    change(old, part);
  }
  const place = document.getElementById('news');
  if (place !== null && news.length > 0) place.textContent = news.join(' ');
}

/** Makes `old` like `fresh`, and leaves alone what is alike. @param {Element} old @param {Element} fresh */
function change(old, fresh) {
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  for (const [place, node] of after.entries()) {
    const there = before[place];
    if (there === undefined) old.append(node);
    else if (there instanceof Element && node instanceof Element && there.tagName === node.tagName)
      change(there, node);
    else if (there.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) {
      if (there.nodeValue !== node.nodeValue) there.nodeValue = node.nodeValue;
    } else there.replaceWith(node);
  }
  for (const gone of before.slice(after.length)) gone.remove();
}

/** A button beside the recipients; without a script they are marked and copied by hand. */
function offerToCopy() {
  const all = document.getElementById('all');
  if (!(all instanceof HTMLTextAreaElement)) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy all';
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    all.select();
    // The clipboard’s newer interface is for pages over TLS alone.
    status.textContent = document.execCommand('copy')
      ? 'Copied'
      : 'Marked: copy it with the keyboard';
  });
  all.after(button, ' ', status);
}
