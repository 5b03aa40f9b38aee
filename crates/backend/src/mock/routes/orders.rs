//! Orders of the signed-in user.

use backlab_docdb::bson::{Bson, DateTime, Document, doc};
use serde_json::{Value, json};

use crate::mock::error::{ApiError, FieldError};
use crate::mock::exchange::Exchange;
use crate::mock::list::Listing;
use crate::mock::present::present;
use crate::mock::route::{Flow, Route};
use crate::mock::schema::{Kind, Schema, required, unknown};

const STATUSES: &[&str] = &["pending", "shipped", "delivered", "cancelled"];

static ORDER: Schema = Schema {
    name: "order",
    fields: &[required("items", Kind::List)],
};
static STATUS: Schema = Schema {
    name: "order",
    fields: &[required("status", Kind::OneOf(STATUSES))],
};

pub(super) const ORDERS: Listing = Listing {
    collection: "orders",
    fields: &[
        ("id", Kind::Whole(0, 0)),
        ("userId", Kind::Whole(0, 0)),
        ("status", Kind::Text(0, 0)),
        ("total", Kind::Number(0.0, 0.0)),
        ("items", Kind::Text(0, 0)),
        ("createdAt", Kind::Moment),
        ("updatedAt", Kind::Moment),
    ],
    searched: &["items.title", "status"],
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new("GET", "/api/orders", "Lists your orders; an admin sees all.", "listOrders", list)
            .needs_auth()
            .query("status", "pending, shipped, delivered or cancelled")
            .query("sort", "Field to sort by: -total")
            .query("page", "From 1")
            .query("limit", "Orders per page, 1 to 50")
            .try_at("/api/orders?status=pending"),
        Route::new(
            "POST",
            "/api/orders",
            "Orders books: prices are taken from the books, stock goes down.",
            "createOrder",
            create,
        )
        .needs_auth()
        .takes(&ORDER)
        .try_with(json!({ "items": [{ "bookId": 1, "quantity": 2 }, { "bookId": 5, "quantity": 1 }] })),
        Route::new(
            "GET",
            "/api/orders/:id",
            "Shows one order: your own, or anyone's as an admin.",
            "showOrder",
            show,
        )
        .needs_auth()
        .try_at("/api/orders/1"),
        Route::new(
            "PATCH",
            "/api/orders/:id",
            "Changes the status: you may cancel what is pending, an admin may do all.",
            "updateOrder",
            update,
        )
        .needs_auth()
        .takes(&STATUS)
        .try_at("/api/orders/1")
        .try_with(json!({ "status": "shipped" })),
    ]
}

fn list(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let person = exchange.person()?;
    let base = if person.is_admin() {
        doc! {}
    } else {
        doc! { "userId": person.id }
    };
    let page = ORDERS.answer(exchange, base)?;
    exchange.json(200, page)
}

/// The order of the path, if the user may see it.
fn own(exchange: &mut Exchange) -> Result<Document, ApiError> {
    let (id, person) = (exchange.id()?, exchange.person()?);
    let order = exchange.by_id("orders", "order", id)?;
    if order.get_i32("userId").ok() != Some(person.id) && !person.is_admin() {
        return Err(ApiError::Forbidden("This order belongs to another user.".into()));
    }
    Ok(order)
}

fn show(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let order = own(exchange)?;
    exchange.json(200, present(order))
}

fn update(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let order = own(exchange)?;
    let is_admin = exchange.person()?.is_admin();
    let wanted = exchange
        .fields()
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let current = order.get_str("status").unwrap_or_default();
    if !is_admin && wanted != "cancelled" {
        return Err(ApiError::Forbidden(
            "Only an admin may set this status; you may set cancelled.".into(),
        ));
    }
    if !is_admin && current != "pending" {
        return Err(ApiError::Conflict(format!(
            "The order is {current}; only a pending order can be cancelled."
        )));
    }
    let id = exchange.id()?;
    let change = doc! { "$set": { "status": wanted }, "$currentDate": { "updatedAt": true } };
    let order = exchange.update("orders", "order", id, change)?;
    exchange.json(200, present(order))
}

fn create(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let wishes = wishes(exchange.fields().get("items"))?;
    let person = exchange.person()?;
    let (mut items, mut total, mut errors) = (Vec::new(), 0.0, Vec::new());
    for (position, book_id, quantity) in &wishes {
        let Some(book) = exchange.find_one("books", doc! { "_id": book_id })? else {
            errors.push(FieldError::new(
                format!("items[{position}].bookId"),
                format!("there is no book {book_id}"),
            ));
            continue;
        };
        let price = number(book.get("price"));
        let title = book.get_str("title").unwrap_or_default();
        let stock = number(book.get("stock"));
        if f64::from(*quantity) > stock {
            return Err(ApiError::Conflict(format!(
                "'{title}' has {stock} in stock, {quantity} were ordered."
            )));
        }
        total += price * f64::from(*quantity);
        items.push(doc! { "bookId": book_id, "title": title, "price": price, "quantity": quantity });
    }
    if !errors.is_empty() {
        return Err(ApiError::Invalid {
            message: "The body is not valid.",
            errors,
        });
    }
    for (_, book_id, quantity) in &wishes {
        exchange.update("books", "book", *book_id, doc! { "$inc": { "stock": -quantity } })?;
    }
    let created = DateTime::from_millis(exchange.clock.now_ms());
    let total = (total * 100.0).round() / 100.0;
    let order = doc! { "userId": person.id, "items": items, "total": total, "status": "pending", "createdAt": created };
    let order = present(exchange.insert("orders", order)?);
    exchange.set_header("Location", &format!("/api/orders/{}", order["id"]));
    exchange.json(201, order)
}

/// What an item of an order consists of.
const ITEM: [&str; 2] = ["bookId", "quantity"];

/// Place in the list, book and quantity of each item; the same book twice counts together.
fn wishes(items: Option<&Value>) -> Result<Vec<(usize, i32, i32)>, ApiError> {
    let (mut wishes, mut errors): (Vec<(usize, i32, i32)>, Vec<FieldError>) = (Vec::new(), Vec::new());
    for (position, item) in items.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let whole = |name: &str, range: std::ops::RangeInclusive<i64>| {
            item.get(name)
                .and_then(Value::as_i64)
                .filter(|n| range.contains(n))
                .and_then(|n| i32::try_from(n).ok())
        };
        let book = whole("bookId", 1..=i64::from(i32::MAX));
        let quantity = if item.get("quantity").is_none() {
            Some(1)
        } else {
            whole("quantity", 1..=99)
        };
        for name in item.as_object().into_iter().flat_map(|item| item.keys()) {
            if !ITEM.contains(&name.as_str()) {
                errors.push(FieldError::new(format!("items[{position}].{name}"), unknown("an item", &ITEM)));
            }
        }
        match (book, quantity) {
            (Some(book), Some(quantity)) => match wishes.iter_mut().find(|(_, known, _)| *known == book) {
                Some((_, _, sum)) => *sum += quantity,
                None => wishes.push((position, book, quantity)),
            },
            (None, _) => errors.push(FieldError::new(format!("items[{position}].bookId"), "must be the id of a book")),
            (_, None) => errors.push(FieldError::new(
                format!("items[{position}].quantity"),
                "must be a whole number from 1 to 99",
            )),
        }
    }
    if errors.is_empty() {
        Ok(wishes)
    } else {
        Err(ApiError::Invalid {
            message: "The body is not valid.",
            errors,
        })
    }
}

fn number(value: Option<&Bson>) -> f64 {
    match value {
        Some(Bson::Int32(number)) => (*number).into(),
        Some(Bson::Int64(number)) => *number as f64,
        Some(Bson::Double(number)) => *number,
        _ => 0.0,
    }
}
