//! Users, and what belongs to them.

use backlab_docdb::bson::{DateTime, Document, doc};
use serde_json::json;

use super::orders;
use crate::mock::error::ApiError;
use crate::mock::exchange::Exchange;
use crate::mock::list::Listing;
use crate::mock::present::{fields, present};
use crate::mock::route::{Flow, Route};
use crate::mock::schema::{Kind, Schema, optional, required};

static USER: Schema = Schema {
    name: "user",
    fields: &[
        required("name", Kind::Text(2, 60)),
        required("email", Kind::Email),
        optional("age", Kind::Whole(0, 150)),
        optional("city", Kind::Text(1, 60)),
        optional("role", Kind::OneOf(&["member", "admin"])),
        optional("active", Kind::Flag),
    ],
};

const USERS: Listing = Listing {
    collection: "users",
    fields: &[
        ("id", Kind::Whole(0, 0)),
        ("name", Kind::Text(0, 0)),
        ("email", Kind::Text(0, 0)),
        ("age", Kind::Whole(0, 0)),
        ("city", Kind::Text(0, 0)),
        ("role", Kind::Text(0, 0)),
        ("active", Kind::Flag),
        ("createdAt", Kind::Moment),
        ("updatedAt", Kind::Moment),
    ],
    searched: &["name", "email", "city"],
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            "GET",
            "/api/users",
            "Lists users: filter by any field, search, sort, page.",
            "listUsers",
            list,
        )
        .query("search", "Text in name, email or city")
        .query("city", "Or any other field: city=Pune, age[gte]=30, active=true")
        .query("sort", "Field to sort by, - for descending: -age")
        .query("page", "From 1")
        .query("limit", "Users per page, 1 to 50, otherwise 10")
        .query("fields", "Only these fields: name,email")
        .try_at("/api/users?city=Pune"),
        Route::new(
            "POST",
            "/api/users",
            "Adds a user without a password; to sign in, use signup.",
            "createUser",
            create,
        )
        .takes(&USER)
        .try_with(json!({ "name": "Divya Menon", "email": "divya@example.com", "city": "Kochi" })),
        Route::new("GET", "/api/users/:id", "Shows one user.", "showUser", show).try_at("/api/users/1"),
        Route::new(
            "PUT",
            "/api/users/:id",
            "Replaces a user; every required field has to be there.",
            "replaceUser",
            replace,
        )
        .takes(&USER)
        .try_at("/api/users/2")
        .try_with(json!({ "name": "Rahul Verma", "email": "rahul@example.com", "city": "Delhi" })),
        Route::new("PATCH", "/api/users/:id", "Changes some fields of a user.", "updateUser", update)
            .takes_part_of(&USER)
            .try_at("/api/users/2")
            .try_with(json!({ "city": "Jaipur" })),
        Route::new("DELETE", "/api/users/:id", "Deletes a user.", "deleteUser", delete).try_at("/api/users/10"),
        Route::new(
            "GET",
            "/api/users/:id/orders",
            "Lists the orders of a user: your own, or anyone's as an admin.",
            "listUserOrders",
            list_orders,
        )
        .needs_auth()
        .query("status", "pending, shipped, delivered or cancelled")
        .query("sort", "Field to sort by: -total")
        .try_at("/api/users/1/orders"),
    ]
}

fn list(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let page = USERS.answer(exchange, doc! {})?;
    exchange.json(200, page)
}

fn show(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    let user = exchange.by_id("users", "user", id)?;
    exchange.json(200, present(user))
}

fn create(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let mut user = doc! { "role": "member", "active": true };
    user.extend(fields(&exchange.fields()));
    user.insert("createdAt", DateTime::from_millis(exchange.clock.now_ms()));
    let user = present(exchange.insert("users", user)?);
    exchange.set_header("Location", &format!("/api/users/{}", user["id"]));
    exchange.json(201, user)
}

fn replace(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    let before = exchange.by_id("users", "user", id)?;
    let mut user = doc! { "role": "member", "active": true };
    user.extend(fields(&exchange.fields()));
    keep(&before, &mut user);
    user.insert("updatedAt", DateTime::from_millis(exchange.clock.now_ms()));
    let user = exchange.update("users", "user", id, user)?;
    exchange.json(200, present(user))
}

/// What a client cannot send stays.
fn keep(before: &Document, user: &mut Document) {
    for kept in ["passwordHash", "createdAt"] {
        if let Some(value) = before.get(kept) {
            user.insert(kept, value.clone());
        }
    }
}

fn update(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    exchange.by_id("users", "user", id)?;
    let set = fields(&exchange.fields());
    let user = exchange.update("users", "user", id, doc! { "$set": set, "$currentDate": { "updatedAt": true } })?;
    exchange.json(200, present(user))
}

fn delete(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    exchange.by_id("users", "user", id)?;
    exchange.delete("users", doc! { "_id": id })?;
    exchange.empty(204)
}

fn list_orders(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let (id, person) = (exchange.id()?, exchange.person()?);
    if person.id != id && !person.is_admin() {
        return Err(ApiError::Forbidden(
            "These are the orders of another user; only an admin may see them.".into(),
        ));
    }
    exchange.by_id("users", "user", id)?;
    let page = orders::ORDERS.answer(exchange, doc! { "userId": id })?;
    exchange.json(200, page)
}
