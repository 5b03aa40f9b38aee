//! All routes, in the order in which they are asked.

mod auth;
mod books;
mod orders;
mod tools;
mod users;

use super::route::Route;

pub(crate) fn all() -> Vec<Route> {
    [
        tools::index(),
        books::routes(),
        users::routes(),
        auth::routes(),
        orders::routes(),
        tools::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
