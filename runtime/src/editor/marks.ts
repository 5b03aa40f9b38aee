/** Lines that the shown request ran, and the line that failed. */
import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** 1-based lines. */
export interface Marks {
  ran: number[];
  fail?: number | undefined;
}

export const setMarks = StateEffect.define<Marks>();

const ran = Decoration.line({ class: 'cm-ran' });
const fail = Decoration.line({ class: 'cm-fail' });

export const marks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const lines = [...new Set([...effect.value.ran, ...(effect.value.fail ? [effect.value.fail] : [])])];
      const builder = new RangeSetBuilder<Decoration>();
      for (const line of lines.filter((n) => n >= 1 && n <= doc.lines).sort((a, b) => a - b)) {
        const { from } = doc.line(line);
        builder.add(from, from, line === effect.value.fail ? fail : ran);
      }
      return builder.finish();
    }
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
