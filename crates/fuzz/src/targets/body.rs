//! Bodies and query strings to their decoders.

use backlab_http::query_tree::Options;
use backlab_http::{charset, query, query_tree};

use super::Fuzzed;
use crate::bytes;
use crate::random::Random;

const SEEDS: [&str; 14] = [
    "a=1&b=2&c=%F0%9F%98%80",
    "a[b][c]=1&a[b][]=2&a[0]=3",
    "a[]=1&a[]=2&a[5]=x&a[99999999999999999999]=y",
    "a.b=1&a[b.c]=2",
    "utf8=%E2%9C%93&a=%26%239786%3B",
    "utf8=%26%2310003%3B&a=%E9",
    "a[[b]]=1&]a[=2&a]b=3&[]=4&[=5",
    "__proto__[x]=1&constructor[prototype][y]=2&toString=3",
    "a[b][c][d][e][f][g][h]=deep",
    "a=1;b=2&&=&=x&y",
    "a[0][0][0]=1&a[0][1]=2&a=3&a[b]=4",
    "%",
    "a=%2&b=%zz&c=%e0%a4",
    "\u{feff}{\"a\": [1, 2, {\"b\": null}]}",
];
const CHARSETS: &str = "utf-8 utf-16 utf-16le utf-16be utf-32 utf-32le utf-32be utf-7 iso-8859-1 windows-1252 koi8-r x";

pub(super) struct Body;

impl Fuzzed for Body {
    fn next(&mut self, random: &mut Random) -> Vec<u8> {
        let mut case = Vec::new();
        // The first bytes choose the options.
        case.extend(random.number().to_le_bytes());
        let mut text = random.pick(&SEEDS).as_bytes().to_vec();
        let other = random.pick(&SEEDS).as_bytes();
        bytes::change(random, &mut text, other);
        case.extend(text);
        case
    }

    fn run(&mut self, case: &[u8]) {
        let Some((choice, body)) = case.split_first_chunk::<8>() else {
            return;
        };
        let mut choice = Random::new(u64::from_le_bytes(*choice));
        charset::decode_wide(body, choice.word(CHARSETS));
        let text = String::from_utf8_lossy(body);
        query::parse(&text);
        let options = Options {
            depth: *choice.pick(&[0, 1, 5, 32, 10_000]),
            strict_depth: choice.percent(30),
            array_limit: *choice.pick(&[0, 1, 20, 1000]),
            parameter_limit: *choice.pick(&[0, 1, 3, 1000]),
            latin1: choice.percent(30),
            charset_sentinel: choice.percent(30),
            numeric_entities: choice.percent(30),
        };
        let _ = query_tree::parse(&text, options);
        let _ = query_tree::parse(&text, Options::QUERY);
    }
}
