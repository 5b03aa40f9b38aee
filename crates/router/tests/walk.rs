//! The walk through a stack: order, errors, OPTIONS, HEAD and parameters.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use backlab_router::{Handler::Native, Method, Router, Step, Verdict};

fn sample() -> Router<&'static str> {
    let mut router = Router::new();
    router.use_at("/", Native("logger")).unwrap();
    router.use_at("/admin", Native("guard")).unwrap();
    router.route(Method::GET, "/users/me", Native("me")).unwrap();
    router.route(Method::GET, "/users/:id", Native("show")).unwrap();
    router.route(Method::PATCH, "/users/:id", Native("change")).unwrap();
    router.all("/any/*rest", Native("any")).unwrap();
    router.on_error("/", Native("oops")).unwrap();
    router
}

/// Walks to the end; the layer named `fails` turns the request into an error.
fn check(method: &str, path: &str, fails: &str, expected: &str) {
    let router = sample();
    let mut walk = router.walk(Method::from_name(method), path);
    let mut failed = false;
    let mut seen = Vec::new();
    loop {
        match walk.next(failed) {
            Step::Handle {
                handler, params, mount, ..
            } => {
                let Native(name) = handler else { unreachable!() };
                let params: String = params.iter().map(|(key, value)| format!(" {key}={value}")).collect();
                seen.push(format!("{name}@{mount}{params}"));
                failed |= *name == fails;
            }
            Step::BadParam(text) => {
                seen.push(text);
                failed = true;
            }
            Step::Done { allow } => {
                seen.push(format!("done {}", allow.join(",")));
                break;
            }
        }
    }
    assert_eq!(seen.join("; "), expected, "{method} {path}");
}

#[test]
fn layers_run_in_order() {
    check("GET", "/users/me", "", "logger@; me@/users/me; show@/users/me id=me; done ");
    check("GET", "/ADMIN/users/x", "", "logger@; guard@/ADMIN; done ");
    check("HEAD", "/users/1", "", "logger@; show@/users/1 id=1; done ");
    check("POST", "/users/1", "", "logger@; done ");
    check("BREW", "/any/a%20b/c", "", "logger@; any@/any/a%20b/c rest=a b/c; done ");
}

#[test]
fn errors_reach_only_layers_for_errors() {
    check("GET", "/users/1", "logger", "logger@; oops@; done ");
    check("GET", "/users/%zz", "", "logger@; Failed to decode param '%zz'; oops@; done ");
}

#[test]
fn options_lists_what_the_path_allows() {
    check("OPTIONS", "/users/1", "", "logger@; done GET,HEAD,PATCH");
    check("OPTIONS", "/nowhere", "", "logger@; done ");
}

#[test]
fn find_judges_every_layer() {
    let router = sample();
    let verdicts: Vec<_> = router
        .find(Method::POST, "/users/5")
        .map(|(_, verdict)| match verdict {
            Verdict::No => "no",
            Verdict::Path => "path",
            Verdict::Yes { .. } => "yes",
            Verdict::Script { .. } => "script",
        })
        .collect();
    assert_eq!(verdicts, ["yes", "no", "no", "path", "path", "no", "yes"]);
}
