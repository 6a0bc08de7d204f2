// What was asked and what came of it, for those who write the articles: without a name, masked by the server before it is kept, and never in the way of anything.
import { call } from './api.js';
import { draft } from './drafts.js';
import { newId } from './ids.js';
import { lang } from './texts.js';

/** The question so far: the contact forms begin with it. */
export const question = () => (draft.get('ask').question ?? '').trim();

/** A question that was taken back is not the next one. */
export const forgetAsked = () => draft.set('ask', { id: undefined });

/** Tells what came of the question: an article that was read, or that a person was asked all the same. @param {{ read?: string, contacted?: boolean }} [outcome] */
export function noteAsked(outcome = {}) {
  const text = question();
  if (text.length < 2) return;
  const id = draft.get('ask').id ?? newId();
  draft.set('ask', { id });
  // Who asks should not notice; what is lost here is a line of a list.
  call('POST', 'questions', { id, text: text.slice(0, 300), language: lang, ...outcome }, { anonymous: true }).catch(() => {});
}
