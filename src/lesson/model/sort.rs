//! Cards into buckets, or into an order: where each card lies and which lie right.

use backlab_course::lesson::Sort;

use crate::state::progress::Placement;

/// A card's name: its bucket and place in the compiled lesson, which is also the right answer.
pub type CardId = (usize, usize);

/// Where the learner put the cards.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SortState {
    /// Cards that lie nowhere yet, in the order in which they are shown.
    pub pool: Vec<CardId>,
    /// One list per bucket; of an ordered sort the only one is the order.
    pub buckets: Vec<Vec<CardId>>,
    /// The placement was judged and nothing was moved since.
    pub judged: bool,
}

impl SortState {
    /// All cards in the pool, mixed by the lesson's own id so that every learner sees the same start.
    pub fn new(sort: &Sort) -> Self {
        let mut cards: Vec<CardId> = cards(sort);
        let right = cards.clone();
        let mut seed = sort
            .id
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        for index in (1..cards.len()).rev() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            cards.swap(index, (seed >> 16) as usize % (index + 1));
        }
        if cards == right && cards.len() > 1 {
            cards.rotate_left(1);
        }
        if sort.ordered {
            Self {
                pool: Vec::new(),
                buckets: vec![cards],
                judged: false,
            }
        } else {
            Self {
                pool: cards,
                buckets: vec![Vec::new(); sort.buckets.len()],
                judged: false,
            }
        }
    }

    /// Goes on from the answer kept in the progress, or from how the cards lay before it; see `answer` and `placement`.
    pub fn restore(sort: &Sort, answer: &[usize], draft: Option<&Placement>) -> Self {
        if let Some(state) = draft.and_then(|draft| Self::placed(sort, draft)) {
            return state;
        }
        let answer: Placement = answer.iter().copied().map(Some).collect();
        let Some(mut state) = Self::placed(sort, &answer) else {
            return Self::new(sort);
        };
        state.judge();
        state
    }

    /// Lays the cards; `None` when there are more or fewer of them now.
    fn placed(sort: &Sort, placement: &[Option<usize>]) -> Option<Self> {
        let all = cards(sort);
        let mut state = Self::new(sort);
        if placement.len() != all.len() {
            return None;
        }
        if sort.ordered {
            let mut placed: Vec<(Option<usize>, CardId)> = placement.iter().copied().zip(all).collect();
            placed.sort_unstable();
            state.buckets = vec![placed.into_iter().map(|(_, card)| card).collect()];
        } else {
            for (card, bucket) in all.into_iter().zip(placement) {
                if bucket.is_some() {
                    state.put(card, *bucket);
                }
            }
        }
        Some(state)
    }

    /// The bucket of each card (of an ordered sort its place), in the order of the compiled lesson.
    pub fn placement(&self, sort: &Sort) -> Placement {
        let place = |card: CardId| {
            if sort.ordered {
                self.buckets.first()?.iter().position(|other| *other == card)
            } else {
                self.buckets.iter().position(|cards| cards.contains(&card))
            }
        };
        cards(sort).into_iter().map(place).collect()
    }

    /// The placement when each card lies somewhere; empty while one does not.
    pub fn answer(&self, sort: &Sort) -> Vec<usize> {
        self.placement(sort).into_iter().collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// Puts a card at the end of a bucket, or back into the pool.
    pub fn put(&mut self, card: CardId, bucket: Option<usize>) {
        let known = self.pool.contains(&card) || self.buckets.iter().any(|cards| cards.contains(&card));
        if !known || bucket.is_some_and(|index| index >= self.buckets.len()) {
            return;
        }
        self.pool.retain(|other| *other != card);
        for cards in &mut self.buckets {
            cards.retain(|other| *other != card);
        }
        match bucket.and_then(|index| self.buckets.get_mut(index)) {
            Some(cards) => cards.push(card),
            None => self.pool.push(card),
        }
        self.judged = false;
    }

    /// Moves a card of an ordered sort to a place; further ones make room.
    pub fn reorder(&mut self, card: CardId, place: usize) {
        let Some(cards) = self.buckets.first_mut() else { return };
        let Some(from) = cards.iter().position(|other| *other == card) else {
            return;
        };
        let card = cards.remove(from);
        cards.insert(place.min(cards.len()), card);
        self.judged = false;
    }

    pub fn judge(&mut self) {
        self.judged = self.complete();
    }

    pub fn complete(&self) -> bool {
        self.pool.is_empty()
    }

    /// Whether a placed card lies right; in an order, at its place.
    pub fn right(&self, sort: &Sort, card: CardId) -> bool {
        if sort.ordered {
            self.buckets.first().is_some_and(|cards| cards.get(card.1) == Some(&card))
        } else {
            self.buckets.get(card.0).is_some_and(|cards| cards.contains(&card))
        }
    }

    /// Cards that lie right, of all.
    pub fn score(&self, sort: &Sort) -> (usize, usize) {
        let all = cards(sort);
        (all.iter().filter(|card| self.right(sort, **card)).count(), all.len())
    }

    pub fn solved(&self, sort: &Sort) -> bool {
        let (right, all) = self.score(sort);
        self.judged && right == all
    }
}

fn cards(sort: &Sort) -> Vec<CardId> {
    sort.buckets
        .iter()
        .enumerate()
        .flat_map(|(bucket, entry)| (0..entry.cards.len()).map(move |place| (bucket, place)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::lesson::{Bucket, Card};

    fn sort(sizes: &[usize], ordered: bool) -> Sort {
        let buckets = sizes
            .iter()
            .map(|size| Bucket {
                title: String::new(),
                cards: vec![Card::default(); *size],
            })
            .collect();
        Sort {
            id: "verbs".into(),
            question: String::new(),
            ordered,
            buckets,
        }
    }

    fn check(moves: &[(CardId, Option<usize>)], expected: (usize, bool, bool)) {
        let sort = sort(&[2, 1], false);
        let mut state = SortState::new(&sort);
        for (card, bucket) in moves {
            state.put(*card, *bucket);
        }
        state.judge();
        assert_eq!((state.score(&sort).0, state.judged, state.solved(&sort)), expected, "{moves:?}");
    }

    #[test]
    fn cards_are_judged_by_their_bucket() {
        check(&[], (0, false, false));
        check(&[((0, 0), Some(0)), ((0, 1), Some(0)), ((1, 0), Some(1))], (3, true, true));
        check(&[((0, 0), Some(0)), ((0, 1), Some(1)), ((1, 0), Some(1))], (2, true, false));
        check(
            &[((0, 0), Some(0)), ((0, 1), Some(0)), ((1, 0), Some(1)), ((1, 0), None)],
            (2, false, false),
        );
        check(&[((0, 0), Some(5)), ((4, 4), Some(0))], (0, false, false));
    }

    #[test]
    fn an_order_starts_wrong_and_can_be_put_right() {
        let sort = sort(&[4], true);
        let mut state = SortState::new(&sort);
        state.judge();
        assert!(state.judged && !state.solved(&sort));
        for place in 0..4 {
            state.reorder((0, place), place);
        }
        assert!(!state.judged);
        state.judge();
        assert!(state.solved(&sort));
        state.reorder((0, 0), 99);
        assert_eq!(state.buckets[0], [(0, 1), (0, 2), (0, 3), (0, 0)]);
    }

    #[test]
    fn what_was_kept_lies_as_it_lay() {
        let check = |ordered: bool, answer: &[usize], draft: Option<&[Option<usize>]>, expected: &[Option<usize>], judged: bool| {
            let sort = sort(if ordered { &[3] } else { &[2, 1] }, ordered);
            let draft = draft.map(<[_]>::to_vec);
            let state = SortState::restore(&sort, answer, draft.as_ref());
            assert_eq!(
                (state.placement(&sort).as_slice(), state.judged),
                (expected, judged),
                "{answer:?} {draft:?}"
            );
        };
        let (one, two) = (Some(1), Some(2));
        check(false, &[], None, &[None, None, None], false);
        check(false, &[1, 0, 1], None, &[one, Some(0), one], true);
        check(false, &[], Some(&[None, one, None]), &[None, one, None], false);
        check(false, &[1, 0, 1], Some(&[None, None, one]), &[None, None, one], false);
        check(false, &[0], Some(&[one]), &[None, None, None], false);
        check(false, &[], Some(&[Some(7), None, one]), &[None, None, one], false);
        check(true, &[2, 0, 1], None, &[two, Some(0), one], true);
        check(true, &[2, 0, 1], Some(&[Some(0), two, one]), &[Some(0), two, one], false);
    }

    #[test]
    fn the_start_is_the_same_for_everyone() {
        let sort = sort(&[3, 3], false);
        assert_eq!(SortState::new(&sort), SortState::new(&sort));
        assert_eq!(SortState::new(&sort).pool.len(), 6);
    }
}
