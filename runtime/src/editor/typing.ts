/** Typing over a selection, done by the editor, or refused where files are read only. The browser's own editing would write `style` attributes to keep the look, which the page's policy forbids. */
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What the browser is about to replace. The editor's own selection may be an event behind. */
function target(event: InputEvent, view: EditorView): { from: number; to: number } {
  const [range] = event.getTargetRanges();
  const selection = (view.root as Document).getSelection();
  for (const place of [range, selection?.rangeCount ? selection.getRangeAt(0) : undefined]) {
    if (!place || !view.contentDOM.contains(place.startContainer) || !view.contentDOM.contains(place.endContainer)) continue;
    const from = view.posAtDOM(place.startContainer, place.startOffset);
    const to = view.posAtDOM(place.endContainer, place.endOffset);
    if (from !== to) return { from: Math.min(from, to), to: Math.max(from, to) };
  }
  return view.state.selection.main;
}

export const typing: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.inputType === 'insertText' ? event.data : event.inputType.startsWith('deleteContent') ? '' : null;
    if (view.state.readOnly) {
      event.preventDefault();
      return true;
    }
    if (text === null || view.composing) return false;
    const { from, to } = target(event, view);
    if (from === to) return false;
    event.preventDefault();
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: text === '' ? 'delete.selection' : 'input.type',
        scrollIntoView: true,
      });
    const handled = text !== '' && view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});
