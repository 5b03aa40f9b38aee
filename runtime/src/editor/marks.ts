/** What the shown request left in the code: the lines it ran, the line that failed, and values beside them. */
import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

/** A text beside a line: a value of the request, or why it failed here. */
export interface Lens {
  line: number;
  text: string;
  bad: boolean;
}

/** 1-based lines. */
export interface Marks {
  ran: number[];
  fail?: number | undefined;
  lenses: Lens[];
}

export const setMarks = StateEffect.define<Marks>();

const ran = Decoration.line({ class: 'cm-ran' });
const fail = Decoration.line({ class: 'cm-fail' });

class LensWidget extends WidgetType {
  constructor(
    readonly text: string,
    readonly bad: boolean,
  ) {
    super();
  }

  override eq(other: LensWidget): boolean {
    return other.text === this.text && other.bad === this.bad;
  }

  override toDOM(): HTMLElement {
    const lens = document.createElement('span');
    lens.className = this.bad ? 'cm-lens cm-lens-bad' : 'cm-lens';
    lens.textContent = this.text;
    return lens;
  }
}

export const marks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const inside = (line: number) => line >= 1 && line <= doc.lines;
      const lines = new Set([...effect.value.ran, ...(effect.value.fail ? [effect.value.fail] : [])].filter(inside));
      const ranges: Range<Decoration>[] = [...lines].map((line) => (line === effect.value.fail ? fail : ran).range(doc.line(line).from));
      for (const { line, text, bad } of effect.value.lenses) {
        if (inside(line)) ranges.push(Decoration.widget({ widget: new LensWidget(text, bad), side: 1 }).range(doc.line(line).to));
      }
      return Decoration.set(ranges, true);
    }
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
