//! Cards into buckets or into an order: drag, or choose the place from a list; reasons per card.

use backlab_course::lesson::{Card, Sort as Question};
use yew::prelude::*;

use super::model::sort::{CardId, SortState};
use super::model::text::plain;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::platform::dom;
use crate::state::progress::Placement;

#[derive(Properties, PartialEq)]
pub struct SortProps {
    pub sort: Question,
    /// The placement kept in the progress.
    #[prop_or_default]
    pub answer: Vec<usize>,
    /// How the cards lay before the next answer, kept there too.
    #[prop_or_default]
    pub draft: Option<Placement>,
    pub on_move: Callback<Placement>,
    /// The placement and whether all cards lie right.
    pub on_answer: Callback<(Vec<usize>, bool)>,
}

/// Where a dragged card may be dropped.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    Pool,
    Bucket(usize),
    Place(usize),
}

#[component]
pub fn Sort(props: &SortProps) -> Html {
    let texts = use_text();
    let state = use_state(|| SortState::restore(&props.sort, &props.answer, props.draft.as_ref()));
    let dragged = use_state(|| None::<CardId>);
    let sort = &props.sort;

    let moved = {
        let (state, sort, told) = (state.clone(), sort.clone(), props.on_move.clone());
        Callback::from(move |next: SortState| {
            told.emit(next.placement(&sort));
            state.set(next);
        })
    };
    let drop_on = {
        let (state, dragged, moved) = (state.clone(), dragged.clone(), moved.clone());
        Callback::from(move |(card, spot): (CardId, Spot)| {
            let mut next = (*state).clone();
            match spot {
                Spot::Pool => next.put(card, None),
                Spot::Bucket(bucket) => next.put(card, Some(bucket)),
                Spot::Place(place) => next.reorder(card, place),
            }
            moved.emit(next);
            dragged.set(None);
        })
    };
    let target = |spot: Spot| {
        let (dragged, drop_on) = (dragged.clone(), drop_on.clone());
        let allow = Callback::from(|event: DragEvent| event.prevent_default());
        let dropped = Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(card) = *dragged {
                drop_on.emit((card, spot));
            }
        });
        (allow, dropped)
    };
    let submit = {
        let (state, sort, told) = (state.clone(), sort.clone(), props.on_answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut next = (*state).clone();
            next.judge();
            told.emit((next.answer(&sort), next.solved(&sort)));
            state.set(next);
        })
    };
    let reset = {
        let sort = sort.clone();
        moved.reform(move |_: MouseEvent| SortState::new(&sort))
    };

    let card = |id: CardId, place: usize| {
        let Some(card) = card_of(sort, id) else { return Html::default() };
        let right = state.judged.then(|| state.right(sort, id));
        let name = plain(&card.html);
        let (dragged, moved) = (dragged.clone(), drop_on.clone());
        let (allow, dropped) = if sort.ordered {
            target(Spot::Place(place))
        } else {
            (Callback::noop(), Callback::noop())
        };
        let tool = if sort.ordered {
            let last = state.buckets.first().map_or(0, Vec::len).saturating_sub(1);
            let (up, down) = (moved.clone(), moved);
            html! {
                <span class="sort-move">
                    <button type="button" class="ib sm" disabled={place == 0} aria-label={texts.fill(&words::SORT_UP, &[("card", &name)])}
                        onclick={move |_| up.emit((id, Spot::Place(place.saturating_sub(1))))}>{ draw_icon("chev-d", "s up") }</button>
                    <button type="button" class="ib sm" disabled={place == last} aria-label={texts.fill(&words::SORT_DOWN, &[("card", &name)])}
                        onclick={move |_| down.emit((id, Spot::Place(place + 1)))}>{ draw_icon("chev-d", "s") }</button>
                </span>
            }
        } else {
            let here = state.buckets.iter().position(|cards| cards.contains(&id));
            let choose = Callback::from(move |event: Event| {
                let spot = dom::value(&event).parse().map_or(Spot::Pool, Spot::Bucket);
                moved.emit((id, spot));
            });
            html! {
                <select class="field" aria-label={texts.fill(&words::SORT_PLACE, &[("card", &name)])} onchange={choose}>
                    <option value="" selected={here.is_none()}>{ texts.get(&words::SORT_NOWHERE) }</option>
                    for (index, bucket) in sort.buckets.iter().enumerate() {
                        <option value={index.to_string()} selected={here == Some(index)}>{ plain(&bucket.title) }</option>
                    }
                </select>
            }
        };
        html! {
            <li key={format!("{}-{}", id.0, id.1)} class={classes!("sort-card", right.map(|right| if right { "right" } else { "wrong" }))} draggable="true"
                ondragstart={move |_| dragged.set(Some(id))} ondragover={allow} ondrop={dropped}>
                <div class="sort-row">
                    if let Some(right) = right {
                        { draw_icon(if right { "check" } else { "x" }, if right { "c-ok" } else { "c-bad" }) }
                    }
                    <span class="grow">{ Html::from_html_unchecked(card.html.clone().into()) }</span>
                    { tool }
                </div>
                if right.is_some() {
                    <p class="sort-why">{ Html::from_html_unchecked(card.feedback.clone().into()) }</p>
                }
            </li>
        }
    };
    let list = |ids: &[CardId]| ids.iter().enumerate().map(|(place, id)| card(*id, place)).collect::<Html>();
    let (right, all) = state.score(sort);
    let solved = state.solved(sort);

    html! {
        <form id={sort.id.clone()} class="lesson-quiz" onsubmit={submit}>
            <fieldset class="quiz sort">
                <legend>{ Html::from_html_unchecked(sort.question.clone().into()) }</legend>
                <p class="muted">{ texts.get(if sort.ordered { &words::SORT_ORDER_HELP } else { &words::SORT_HELP }) }</p>
                if sort.ordered {
                    <ol class="sort-list">{ list(state.buckets.first().map(Vec::as_slice).unwrap_or_default()) }</ol>
                } else {
                    if !state.pool.is_empty() {
                        <ul class="sort-list" aria-label={texts.get(&words::SORT_CARDS)} ondragover={target(Spot::Pool).0} ondrop={target(Spot::Pool).1}>{ list(&state.pool) }</ul>
                    }
                    <div class="sort-buckets">
                        for (index, bucket) in sort.buckets.iter().enumerate() {
                            <section key={index} class="sort-bucket" ondragover={target(Spot::Bucket(index)).0} ondrop={target(Spot::Bucket(index)).1}>
                                <h3>{ Html::from_html_unchecked(bucket.title.clone().into()) }</h3>
                                <ul class="sort-list">{ list(state.buckets.get(index).map(Vec::as_slice).unwrap_or_default()) }</ul>
                            </section>
                        }
                    </div>
                }
                <div class="quiz-foot">
                    <p class="why" role="status">
                        if solved {
                            <strong>{ texts.get(&words::SORT_DONE) }</strong>
                        } else if state.judged {
                            { texts.fill(&words::SORT_SCORE, &[("right", &right.to_string()), ("all", &all.to_string())]) }
                        }
                    </p>
                    <span class="row">
                        <button type="button" class="btn quiet" onclick={reset}>{ texts.get(&words::START_OVER) }</button>
                        if !solved {
                            <button class="btn" disabled={!state.complete() || state.judged}>{ texts.get(&words::ANSWER) }</button>
                        }
                    </span>
                </div>
            </fieldset>
        </form>
    }
}

fn card_of(sort: &Question, id: CardId) -> Option<&Card> {
    sort.buckets.get(id.0)?.cards.get(id.1)
}
