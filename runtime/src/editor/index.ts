/** CodeMirror in a shadow root, so that its styles hold under a strict `style-src`. Shipped as `editor.js`. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorSelection, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { Editor } from '../page-api';
import { languageOf } from './languages';
import { marks, setMarks } from './marks';
import { theme } from './theme';
import { typing } from './typing';

export { highlightLines } from './highlight';

interface Options {
  label: string;
  onChange: (path: string, text: string) => void;
  onCommand: (command: string) => void;
  onCaret: (line: number, column: number) => void;
}

/** Makes an editor that fills `parent`. Each path keeps its own undo history, selection and scroll position. */
export function createEditor(parent: HTMLElement, options: Options): Editor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open', delegatesFocus: true });
  root.replaceChildren();
  const readOnly = new Compartment();
  const states = new Map<string, EditorState>();
  let path = '';
  let tabLeaves = false;

  const command = (name: string) => () => {
    options.onCommand(name);
    return true;
  };
  const extensions = (file: string): Extension => [
    keymap.of([
      { key: 'Mod-Shift-Enter', run: command('check') },
      { key: 'Mod-Enter', run: command('run') },
      { key: 'Mod-s', run: command('save') },
      { key: 'Mod-k', run: command('search') },
      {
        key: 'Escape',
        run: () => {
          tabLeaves = true;
          return false;
        },
      },
      { key: 'Tab', run: () => leave(), shift: () => leave() },
    ]),
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTyping: false }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, indentWithTab]),
    EditorView.contentAttributes.of({ 'aria-label': options.label, autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent('load'))) {
        options.onChange(path, update.state.doc.toString());
      }
      if (update.selectionSet || update.docChanged) tellCaret(update.state);
    }),
    typing,
    readOnly.of([]),
    marks,
    languageOf(file),
    theme,
  ];
  const view = new EditorView({ parent: root, root, state: EditorState.create({ extensions: extensions('') }) });
  view.contentDOM.addEventListener('blur', () => {
    tabLeaves = false;
  });

  function tellCaret({ doc, selection }: EditorState): void {
    const line = doc.lineAt(selection.main.head);
    options.onCaret(line.number, selection.main.head - line.from + 1);
  }

  /** After Escape the next Tab belongs to the page. */
  function leave(): boolean {
    if (!tabLeaves) return false;
    tabLeaves = false;
    const step = document.createElement('span');
    step.tabIndex = -1;
    parent.after(step);
    step.focus();
    step.remove();
    return false;
  }

  return {
    setDocument(file, text, locked) {
      if (path) states.set(path, view.state);
      const known = states.get(file);
      if (file !== path) {
        path = file;
        view.setState(known ?? EditorState.create({ doc: text, extensions: extensions(file) }));
        tellCaret(view.state);
      }
      const now = view.state.doc.toString();
      if (now !== text) {
        view.dispatch({ changes: { from: 0, to: now.length, insert: text }, userEvent: 'load' });
      }
      view.dispatch({ effects: readOnly.reconfigure(locked ? [EditorState.readOnly.of(true)] : []) });
    },
    setDiagnostics(items) {
      const { doc } = view.state;
      const diagnostics = items.map(({ line, column, message }) => {
        const place = doc.line(Math.min(Math.max(line, 1), doc.lines));
        const from = Math.min(place.from + Math.max((column ?? 1) - 1, 0), place.to);
        return { from, to: column ? Math.min(from + 1, place.to) : place.to, severity: 'error' as const, message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    setMarks(value) {
      view.dispatch({ effects: setMarks.of(value) });
    },
    goTo(line, column) {
      const place = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      const at = Math.min(place.from + Math.max((column ?? 1) - 1, 0), place.to);
      view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
      view.focus();
    },
    undo() {
      undo(view);
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
