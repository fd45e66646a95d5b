// Asks before something is changed, and for the reason.
import { byId } from './dom.js';

/** Resolves to the reason, or to null if the answer is no. */
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
