//! One quiz: what is chosen, what was answered, and what to say about it.

use backlab_course::lesson::Quiz;

/// A learner's way through one quiz. Options count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuizState {
    /// Marked, perhaps not answered yet.
    pub chosen: Option<usize>,
    /// The answer that was given last.
    pub answered: Option<usize>,
    /// Every wrong answer so far, oldest first.
    pub wrong: Vec<usize>,
}

/// What the quiz says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Unanswered,
    Wrong,
    Right,
}

impl QuizState {
    /// Goes on from the answer kept in the progress, and from what was marked after it.
    pub fn restore(quiz: &Quiz, answer: Option<usize>, marked: Option<usize>) -> Self {
        let answer = answer.filter(|index| *index < quiz.options.len());
        let mut state = Self {
            chosen: answer,
            ..Self::default()
        };
        state.answer(quiz);
        if let Some(index) = marked {
            state.choose(quiz, index);
        }
        state
    }

    /// Marks an option. A solved quiz keeps its answer; a wrong answer's reason stays until the next one.
    pub fn choose(&mut self, quiz: &Quiz, index: usize) {
        if self.verdict(quiz) != Verdict::Right && index < quiz.options.len() {
            self.chosen = Some(index);
        }
    }

    /// Judges the marked option.
    pub fn answer(&mut self, quiz: &Quiz) {
        let Some(index) = self.chosen else { return };
        let Some(option) = quiz.options.get(index) else { return };
        self.answered = Some(index);
        if !option.right && !self.wrong.contains(&index) {
            self.wrong.push(index);
        }
    }

    pub fn verdict(&self, quiz: &Quiz) -> Verdict {
        match self.answered.and_then(|index| quiz.options.get(index)) {
            None => Verdict::Unanswered,
            Some(option) if option.right => Verdict::Right,
            Some(_) => Verdict::Wrong,
        }
    }

    /// True when pressing Answer would say something new.
    pub fn can_answer(&self, quiz: &Quiz) -> bool {
        self.chosen.is_some() && self.chosen != self.answered && self.verdict(quiz) != Verdict::Right
    }

    /// HTML of the reason for the answer that was given.
    pub fn feedback<'quiz>(&self, quiz: &'quiz Quiz) -> Option<&'quiz str> {
        let option = quiz.options.get(self.answered?)?;
        Some(option.feedback.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::lesson::QuizOption;

    fn quiz() -> Quiz {
        let option = |right: bool, feedback: &str| QuizOption {
            html: String::new(),
            right,
            feedback: feedback.into(),
        };
        Quiz {
            id: "q".into(),
            question: String::new(),
            options: vec![option(false, "no"), option(true, "yes"), option(false, "never")],
        }
    }

    /// Chooses and answers each in turn; an answer of `None` only chooses nothing.
    fn check(answers: &[usize], verdict: Verdict, feedback: Option<&str>, wrong: &[usize]) {
        let quiz = quiz();
        let mut state = QuizState::default();
        for index in answers {
            state.choose(&quiz, *index);
            state.answer(&quiz);
        }
        assert_eq!(state.verdict(&quiz), verdict, "{answers:?}");
        assert_eq!(state.feedback(&quiz), feedback, "{answers:?}");
        assert_eq!(state.wrong, wrong, "{answers:?}");
    }

    #[test]
    fn answers_are_judged() {
        check(&[], Verdict::Unanswered, None, &[]);
        check(&[0], Verdict::Wrong, Some("no"), &[0]);
        check(&[0, 2], Verdict::Wrong, Some("never"), &[0, 2]);
        check(&[0, 0], Verdict::Wrong, Some("no"), &[0]);
        check(&[0, 1], Verdict::Right, Some("yes"), &[0]);
        check(&[1, 0], Verdict::Right, Some("yes"), &[]);
        check(&[7], Verdict::Unanswered, None, &[]);
    }

    #[test]
    fn choosing_alone_judges_nothing() {
        let quiz = quiz();
        let mut state = QuizState::default();
        assert!(!state.can_answer(&quiz));
        state.choose(&quiz, 0);
        assert_eq!(state.verdict(&quiz), Verdict::Unanswered);
        assert!(state.can_answer(&quiz));
        state.answer(&quiz);
        assert!(!state.can_answer(&quiz));
        state.choose(&quiz, 2);
        assert_eq!(state.feedback(&quiz), Some("no"));
        assert!(state.can_answer(&quiz));
    }

    #[test]
    fn what_was_kept_is_judged_and_marked_again() {
        let check = |answer: Option<usize>, marked: Option<usize>, verdict: Verdict, chosen: Option<usize>| {
            let quiz = quiz();
            let state = QuizState::restore(&quiz, answer, marked);
            assert_eq!((state.verdict(&quiz), state.chosen), (verdict, chosen), "{answer:?} {marked:?}");
        };
        check(Some(1), None, Verdict::Right, Some(1));
        check(Some(1), Some(0), Verdict::Right, Some(1));
        check(Some(0), Some(2), Verdict::Wrong, Some(2));
        check(None, Some(2), Verdict::Unanswered, Some(2));
        check(None, Some(9), Verdict::Unanswered, None);
        check(Some(9), None, Verdict::Unanswered, None);
    }
}
