//! Content negotiation: Accept, Accept-Encoding, Accept-Language, Accept-Charset.
//!
//! Order of preference: quality, then how specific the client's element is, then its place, then the place of the offer.

use crate::media::{self, MediaType, split_outside_quotes};
use std::cmp::Ordering;

/// One element of the header.
struct Element {
    value: MediaType,
    quality: f64,
    order: usize,
}

/// How well an offer does.
#[derive(Clone, Copy)]
struct Rank {
    quality: f64,
    specific: u8,
    order: usize,
    offer: usize,
}

impl Rank {
    fn compare(&self, other: &Rank) -> Ordering {
        (other.quality.total_cmp(&self.quality))
            .then(other.specific.cmp(&self.specific))
            .then(self.order.cmp(&other.order))
            .then(self.offer.cmp(&other.offer))
    }
}

fn elements(header: &str) -> Vec<Element> {
    split_outside_quotes(header, ',')
        .into_iter()
        .enumerate()
        .map(|(order, text)| {
            let mut value = MediaType::parse(text);
            let quality = value.parameter("q").filter(|q| !q.is_empty()).map_or(1.0, number);
            value.parameters.retain(|(name, _)| name != "q");
            Element { value, quality, order }
        })
        .filter(|element| !element.value.essence.is_empty())
        .collect()
}

/// Reads the number at the start of a text, as `parseFloat` does; 0 where there is none.
fn number(text: &str) -> f64 {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    text[..end].parse().unwrap_or(0.0)
}

/// Orders offers by what the header says. `specific` tells how exactly an element names an offer.
fn rank(elements: &[Element], offers: &[&str], specific: impl Fn(&str, &MediaType) -> Option<u8>) -> Vec<usize> {
    let ranks: Vec<Rank> = offers
        .iter()
        .enumerate()
        .filter_map(|(offer, name)| {
            elements
                .iter()
                .filter_map(|e| {
                    specific(name, &e.value).map(|specific| Rank {
                        quality: e.quality,
                        specific,
                        order: e.order,
                        offer,
                    })
                })
                .reduce(|best, next| {
                    let better = (next.specific, next.quality, next.order);
                    if better > (best.specific, best.quality, best.order) {
                        next
                    } else {
                        best
                    }
                })
        })
        .filter(|rank| rank.quality > 0.0)
        .collect();
    sorted(ranks, Rank::compare).map(|rank| rank.offer).collect()
}

/// What the header names, best first.
fn preferred(mut elements: Vec<Element>) -> Vec<String> {
    elements.retain(|element| element.quality > 0.0);
    sorted(elements, |a, b| b.quality.total_cmp(&a.quality).then(a.order.cmp(&b.order)))
        .map(|element| element.value.essence)
        .collect()
}

/// A header names few: the library's sort would be larger than the rest of this file.
fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> impl Iterator<Item = T> {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let place = sorted.partition_point(|other| compare(other, &item).is_le());
        sorted.insert(place, item);
    }
    sorted.into_iter()
}

/// Returns the position of the best media type; offers may be extensions. Without a header it is the first.
pub fn media_type(accept: Option<&str>, offers: &[&str]) -> Option<usize> {
    let Some(accept) = accept.filter(|accept| !accept.is_empty()) else {
        return (!offers.is_empty()).then_some(0);
    };
    let types: Vec<Option<String>> = offers
        .iter()
        .map(|offer| {
            if offer.contains('/') {
                Some((*offer).to_owned())
            } else {
                media::lookup(offer)
            }
        })
        .collect();
    let named: Vec<&str> = types.iter().flatten().map(String::as_str).collect();
    let best = *rank(&elements(accept), &named, media_specific).first()?;
    types.iter().position(|media_type| media_type.as_deref() == Some(named[best]))
}

fn media_specific(offer: &str, wanted: &MediaType) -> Option<u8> {
    let offer = MediaType::parse(offer);
    let (kind, subtype) = wanted.essence.split_once('/')?;
    let (offer_kind, offer_subtype) = offer.essence.split_once('/')?;
    let part = |wanted: &str, offer: &str, points: u8| {
        if wanted.eq_ignore_ascii_case(offer) {
            Some(points)
        } else {
            (wanted == "*").then_some(0)
        }
    };
    let points = part(kind, offer_kind, 4)? + part(subtype, offer_subtype, 2)?;
    let fits = |(name, value): &(String, String)| value == "*" || value.eq_ignore_ascii_case(offer.parameter(name).unwrap_or_default());
    match wanted.parameters.as_slice() {
        [] => Some(points),
        parameters => parameters.iter().all(fits).then_some(points + 1),
    }
}

/// The media types that a client names, best first; everything without a header.
pub fn media_types(accept: Option<&str>) -> Vec<String> {
    let mut elements = elements(accept.unwrap_or("*/*"));
    elements.retain(|element| element.value.essence.contains('/'));
    preferred(elements)
}

fn with_identity(header: Option<&str>) -> Vec<Element> {
    let mut elements = elements(header.unwrap_or_default());
    let named = elements
        .iter()
        .any(|e| e.value.essence == "*" || e.value.essence.eq_ignore_ascii_case("identity"));
    if !named {
        let lowest = elements
            .iter()
            .map(|e| if e.quality == 0.0 { 1.0 } else { e.quality })
            .fold(1.0, f64::min);
        let order = elements.len();
        elements.push(Element {
            value: MediaType::parse("identity"),
            quality: lowest,
            order,
        });
    }
    elements
}

fn word_specific(offer: &str, wanted: &MediaType) -> Option<u8> {
    if wanted.essence.eq_ignore_ascii_case(offer) {
        Some(1)
    } else {
        (wanted.essence == "*").then_some(0)
    }
}

/// Returns the position of the best encoding.
pub fn encoding(header: Option<&str>, offers: &[&str]) -> Option<usize> {
    rank(&with_identity(header), offers, word_specific).first().copied()
}

/// The encodings that a client names, best first; `identity` is among them unless refused.
pub fn encodings(header: Option<&str>) -> Vec<String> {
    preferred(with_identity(header))
}

/// Returns the position of the best charset.
pub fn charset(header: Option<&str>, offers: &[&str]) -> Option<usize> {
    rank(&elements(header.unwrap_or("*")), offers, word_specific).first().copied()
}

/// The charsets that a client names, best first.
pub fn charsets(header: Option<&str>) -> Vec<String> {
    preferred(elements(header.unwrap_or("*")))
}

fn language_specific(offer: &str, wanted: &MediaType) -> Option<u8> {
    let offer = media::trim(offer.split(';').next().unwrap_or_default());
    let prefix = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let wanted = wanted.essence.as_str();
    if wanted.eq_ignore_ascii_case(offer) {
        Some(4)
    } else if prefix(wanted).eq_ignore_ascii_case(offer) {
        Some(2)
    } else if wanted.eq_ignore_ascii_case(&prefix(offer)) {
        Some(1)
    } else {
        (wanted == "*").then_some(0)
    }
}

/// Returns the position of the best language; `en` serves `en-GB` and the other way round.
pub fn language(header: Option<&str>, offers: &[&str]) -> Option<usize> {
    rank(&elements(header.unwrap_or("*")), offers, language_specific).first().copied()
}

/// The languages that a client names, best first.
pub fn languages(header: Option<&str>) -> Vec<String> {
    preferred(elements(header.unwrap_or("*")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_negotiated() {
        let check = |accept: Option<&str>, offers: &[&str], expected: Option<&str>| {
            assert_eq!(media_type(accept, offers).map(|at| offers[at]), expected, "{accept:?} {offers:?}");
        };
        check(None, &["json", "html"], Some("json"));
        check(Some("text/html"), &["json", "html"], Some("html"));
        check(Some("text/*, application/json"), &["html", "json"], Some("json"));
        check(Some("text/html;q=0.5, application/json;q=0.4"), &["json", "html"], Some("html"));
        check(Some("text/plain"), &["json", "html"], None);
        check(Some("*/*"), &["json", "html"], Some("json"));
        check(Some("application/json;q=0"), &["json"], None);
        check(
            Some("text/html;level=1"),
            &["text/html", "text/html;level=1"],
            Some("text/html;level=1"),
        );
        assert_eq!(media_types(Some("a/b;q=0.1, c/d, */*;q=0")), ["c/d", "a/b"]);
    }

    #[test]
    fn encodings_always_hold_identity() {
        assert_eq!(encodings(Some("gzip;q=0.5, br")), ["br", "gzip", "identity"]);
        assert_eq!(encodings(None), ["identity"]);
        assert_eq!(encoding(Some("gzip"), &["br", "gzip"]), Some(1));
        assert_eq!(encoding(Some("identity;q=0"), &["identity"]), None);
    }

    #[test]
    fn languages_match_by_prefix() {
        assert_eq!(language(Some("en-GB, hi;q=0.8"), &["hi", "en"]), Some(1));
        assert_eq!(language(Some("hi"), &["en", "hi-IN"]), Some(1));
        assert_eq!(language(Some("fr"), &["en"]), None);
        assert_eq!(languages(Some("hi;q=0.2, en")), ["en", "hi"]);
        assert_eq!(charset(Some("utf-8"), &["iso-8859-1", "UTF-8"]), Some(1));
    }
}
