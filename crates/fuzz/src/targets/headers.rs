//! Values of header fields to everything that reads them.

use backlab_http::{address, cookie, disposition, encoding, etag, fresh, header, media, negotiate, range, size, type_is};

use super::Fuzzed;
use crate::bytes;
use crate::random::Random;

const SEEDS: [&str; 22] = [
    "text/html;q=0.8, application/json, */*;q=0.1",
    "text/html; charset=\"utf-8\"; level=1",
    "application/vnd.api+json; profile=\"a\\\"b\"",
    "gzip;q=1.0, identity; q=0.5, *;q=0",
    "en-GB, en;q=0.9, *;q=0.1",
    "utf-8, iso-8859-1;q=0.2",
    "bytes=0-499, 500-, -1",
    "bytes=99999999999999999999-",
    "sid=s%3Aabc.def; theme=\"dark\"; a=; =b; c",
    "W/\"1f-abc\", \"x\", *",
    "Wed, 21 Oct 2015 07:28:00 GMT",
    "no-cache, max-age=0",
    "Accept, accept-encoding, *",
    "attachment; filename=\"a b.txt\"; filename*=UTF-8''%e2%82%ac.txt",
    "/a/%zz/%E0%A4/ü?x=[1]#y",
    "10kb",
    "1.5GB",
    "multipart/form-data; boundary=----x",
    "10.0.0.0/8",
    "192.168.0.0/255.255.0.0",
    "::ffff:127.0.0.1",
    "filé €.png",
];

pub(super) struct Headers;

impl Fuzzed for Headers {
    fn next(&mut self, random: &mut Random) -> Vec<u8> {
        let mut case = random.pick(&SEEDS).as_bytes().to_vec();
        let other = random.pick(&SEEDS).as_bytes();
        bytes::change(random, &mut case, other);
        case
    }

    fn run(&mut self, case: &[u8]) {
        let text = String::from_utf8_lossy(case);
        let some = Some(&*text);
        let offers = ["json", "text/html", "image/*", "gzip", "utf-8", "en", "*/*"];
        for choose in [negotiate::media_type, negotiate::encoding, negotiate::charset, negotiate::language] {
            choose(some, &offers);
        }
        for list in [
            negotiate::media_types,
            negotiate::encodings,
            negotiate::charsets,
            negotiate::languages,
        ] {
            list(some);
        }
        let media = media::MediaType::parse(&text);
        let _ = (media.charset(), media.write(), media.parameter("q"));
        let _ = (
            media::lookup(&text),
            media::charset(&text),
            media::content_type(&text),
            media::with_charset(&text, &text),
        );
        let _ = (
            type_is::essence(&text),
            type_is::find(&text, &["json", "multipart/*", "+json", &text]),
        );
        for (name, value) in cookie::parse(&text) {
            let _ = cookie::serialize(&name, &value, &cookie::Attributes::default());
        }
        for size in [0, 1, 1000, u64::MAX] {
            let _ = (range::parse(size, &text, true), range::parse(size, &text, false));
        }
        let conditions = fresh::Conditions {
            if_none_match: some,
            if_modified_since: some,
            cache_control: some,
        };
        let _ = (
            fresh::is_fresh(conditions, some, some),
            fresh::seconds(&text),
            fresh::weakly_equal(&text, &text),
        );
        let _ = (
            header::is_token(&text),
            header::is_value(&text),
            header::list(&text).count(),
            header::vary(&text, &text),
        );
        let _ = (disposition::attachment(some), size::parse(&text), etag::of_body(case, true));
        let _ = (encoding::url(&text), encoding::component(&text), encoding::decode_component(&text));
        if let Ok(trusted) = address::Trusted::parse(text.split(',')) {
            trusted.contains(&text);
        }
    }
}
