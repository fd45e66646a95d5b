// Asks for confirmation and a reason before a change.
import { byId } from './dom.js';

/** Resolves to the reason, or to null if the user declines. */
export function askForReason(question) {
  const dialog = byId('question');
  byId('question-text').textContent = question;
  byId('question-reason').value = '';
  dialog.returnValue = '';
  dialog.showModal();
  byId('question-reason').focus();
  byId('question-no').onclick = () => dialog.close();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes' ? byId('question-reason').value : null);
  });
}
