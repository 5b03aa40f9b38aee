//! Query strings and the trees that they stand for.

use super::*;

fn check_with(query: &str, options: Options, expected: &str) {
    let text = parse(query, options);
    assert_eq!(text.unwrap_or_else(|error| error.to_string()), expected, "{query}");
}

#[test]
fn trees() {
    let check = |query: &str, expected: &str| check_with(query, Options::QUERY, expected);
    check("a=1&b=2", r#"{"a":"1","b":"2"}"#);
    check("a[$ne]=x", r#"{"a":{"$ne":"x"}}"#);
    check("a[]=1&a[]=2", r#"{"a":["1","2"]}"#);
    check("a=1&a=2", r#"{"a":["1","2"]}"#);
    check("a[1]=y&a[0]=x", r#"{"a":["x","y"]}"#);
    check("a[5]=y", r#"{"a":["y"]}"#);
    check("a[25]=y", r#"{"a":{"25":"y"}}"#);
    check("a[b]=1&a[b]=2&a[c][d]=3", r#"{"a":{"b":["1","2"],"c":{"d":"3"}}}"#);
    check("a=1&a[b]=2", r#"{"a":["1",{"b":"2"}]}"#);
    check("a[b]=2&a=1", r#"{"a":[{"b":"2"},"1"]}"#);
    check("a[0]=1&a[b]=2", r#"{"a":{"0":"1","b":"2"}}"#);
    check("a[b][c][d][e][f][g]=1", r#"{"a":{"b":{"c":{"d":{"e":{"f":{"[g]":"1"}}}}}}}"#);
    check("a[b=1&=x&c", r#"{"a":{"[b":"1"},"c":""}"#);
    check("a%5Bb%5D=two+words&c=%zz+1", r#"{"a":{"b":"two words"},"c":"%zz 1"}"#);
    check("__proto__[x]=1&a[__proto__][y]=2", r#"{"a":{}}"#);
    check("", "{}");
}

#[test]
fn depth_and_limits() {
    let flat = Options {
        depth: 0,
        array_limit: 3,
        ..Options::QUERY
    };
    check_with("a[b]=1&c=2&c=3", flat, r#"{"a[b]":"1","c":["2","3"]}"#);
    let strict = Options {
        depth: 1,
        strict_depth: true,
        ..Options::QUERY
    };
    check_with("a[b][c]=1", strict, "The input exceeded the depth");
    check_with(
        "a=1&b=2",
        Options {
            parameter_limit: 1,
            ..Options::QUERY
        },
        r#"{"a":"1"}"#,
    );
    check_with(
        "a=1&a=2&a=3",
        Options {
            array_limit: 2,
            ..Options::QUERY
        },
        r#"{"a":{"0":"1","1":"2","2":"3"}}"#,
    );
}

#[test]
fn charsets() {
    let latin1 = Options {
        latin1: true,
        ..Options::QUERY
    };
    check_with("a=%E9%zé", latin1, r#"{"a":"é%zé"}"#);
    let sentinel = Options {
        charset_sentinel: true,
        ..latin1
    };
    check_with("a=%C3%B8&utf8=%E2%9C%93&b", sentinel, r#"{"a":"ø","b":""}"#);
    check_with(
        "utf8=%26%2310003%3B&a=%C3%B8",
        Options { latin1: false, ..sentinel },
        r#"{"a":"Ã¸"}"#,
    );
    check_with("utf8=other&a=%F8", sentinel, r#"{"a":"ø"}"#);
    let entities = Options {
        numeric_entities: true,
        ..latin1
    };
    check_with("a=%26%239786%3B&#x;&b=%26%23", entities, r##"{"a":"☺","#x;":"","b":"&#"}"##);
    check_with("a=%26%2399999%3B%26%231114208%3B", entities, r#"{"a":"𘚟`"}"#);
    check_with(
        "a=%26%239786%3B",
        Options {
            numeric_entities: true,
            ..Options::QUERY
        },
        r#"{"a":"&#9786;"}"#,
    );
}

#[test]
fn depth_of_hostile_input() {
    let options = Options {
        depth: 100_000,
        ..Options::QUERY
    };
    let deep = format!("a{}=1", "[p]".repeat(100_000));
    assert_eq!(parse(&deep, options).unwrap().len(), 7 + 100_000 * 6 + 2);
    assert!(parse(&format!("{deep}&{}", deep.replace('1', "2&a[q]")), options).is_ok());
    assert!(parse(&format!("{deep}&{}", deep.replace('=', "[q]=")), options).is_err());
    check_with("a]=1&a[]=,[", options, r#"{"a]":"1","a":[",["]}"#);
}
