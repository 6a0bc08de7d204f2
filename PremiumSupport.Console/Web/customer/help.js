// The help dialog as a page: a question, articles, then a person. Each view has its address in the hash.
import { h } from './dom.js';
import { onParent } from './frame.js';
import { establish, onSession, owner, session } from './session.js';
import { blank, go, show } from './shell.js';
import { articleView } from './steps/article.js';
import { articlesView } from './steps/articles.js';
import { askView } from './steps/ask.js';
import { contactView } from './steps/contact.js';
import { requestView } from './steps/receipt.js';
import { requestsView } from './steps/requests.js';
import { writeView } from './steps/write.js';
import { t } from './texts.js';
import { countUnread } from './unread.js';

/** @import { View } from './wire.js' */

/** @type {string | null} */
let prefill = null;
let turn = 0;

/** @returns {View | Promise<View>} */
function view() {
  const [name, rest, more] = decodeURIComponent(location.hash.slice(1)).split('/');
  switch (name) {
    case 'article': return articleView(rest, more);
    case 'articles': return articlesView();
    case 'contact': return contactView();
    case 'write': return rest === 'email' || rest === 'phone' ? writeView(rest) : contactView();
    case 'receipt': return requestView(rest, { sent: true });
    case 'request': return requestView(rest);
    case 'requests': return requestsView();
    default: return askView(prefill);
  }
}

async function route() {
  const mine = ++turn;
  try {
    const made = await view();
    if (mine === turn) show(made);
    else made.dispose?.();
  } catch {
    if (mine === turn) show({ title: t('help'), back: '', content: h('p', { class: 'notice' }, t('error.server')) });
  }
}

onParent('compose', data => {
  prefill = data.text || null;
  if (location.hash.slice(1)) go('');
  else route();
});

// Not a top-level await: the loader speaks after the frame's load event, which must not wait for it.
async function start() {
  await establish();
  window.addEventListener('hashchange', route);
  await route();

  let shownFor = owner(), person = session ? owner() : null;
  onSession(current => {
    if (owner() === shownFor) return;
    shownFor = owner();
    // At once, and not when the next view has been made: nothing of the one before stays for the next to see.
    blank();
    prefill = null;
    if (current && person && person !== shownFor) history.replaceState(null, '', location.pathname + location.search);
    if (current) person = shownFor;
    route();
  });
  countUnread();
}

start();
