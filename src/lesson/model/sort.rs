//! Cards into buckets, or into an order: where each card lies and which lie right.

use backlab_course::lesson::Sort;

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

    /// Goes on from a kept placement; see `answer`.
    pub fn from_answer(sort: &Sort, answer: &[usize]) -> Self {
        let all = cards(sort);
        let mut state = Self::new(sort);
        if answer.len() != all.len() {
            return state;
        }
        if sort.ordered {
            let mut placed: Vec<(usize, CardId)> = answer.iter().copied().zip(all).collect();
            placed.sort_unstable();
            state.buckets = vec![placed.into_iter().map(|(_, card)| card).collect()];
        } else {
            for (card, bucket) in all.into_iter().zip(answer) {
                state.put(card, Some(*bucket));
            }
        }
        state.judge();
        state
    }

    /// The bucket of each card (of an ordered sort its place), in the order of the compiled lesson. Empty while a card lies nowhere.
    pub fn answer(&self, sort: &Sort) -> Vec<usize> {
        let place = |card: CardId| {
            if sort.ordered {
                self.buckets.first()?.iter().position(|other| *other == card)
            } else {
                self.buckets.iter().position(|cards| cards.contains(&card))
            }
        };
        cards(sort).into_iter().map(place).collect::<Option<Vec<_>>>().unwrap_or_default()
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
    fn a_placement_is_kept() {
        let sort = sort(&[2, 1], false);
        let mut state = SortState::new(&sort);
        assert_eq!(state.answer(&sort), Vec::<usize>::new());
        for (card, bucket) in [((0, 0), 1), ((0, 1), 0), ((1, 0), 1)] {
            state.put(card, Some(bucket));
        }
        assert_eq!(state.answer(&sort), [1, 0, 1]);
        let again = SortState::from_answer(&sort, &[1, 0, 1]);
        assert!(again.judged);
        assert_eq!(again.answer(&sort), [1, 0, 1]);
        assert_eq!(SortState::from_answer(&sort, &[0]), SortState::new(&sort));
    }

    #[test]
    fn an_order_is_kept() {
        let sort = sort(&[3], true);
        let state = SortState::from_answer(&sort, &[2, 0, 1]);
        assert_eq!(state.buckets[0], [(0, 1), (0, 2), (0, 0)]);
        assert_eq!(state.answer(&sort), [2, 0, 1]);
    }

    #[test]
    fn the_start_is_the_same_for_everyone() {
        let sort = sort(&[3, 3], false);
        assert_eq!(SortState::new(&sort), SortState::new(&sort));
        assert_eq!(SortState::new(&sort).pool.len(), 6);
    }
}
