//! Books and their reviews.

use backlab_docdb::bson::{Bson, DateTime, doc};
use serde_json::{Value, json};

use crate::mock::error::ApiError;
use crate::mock::exchange::Exchange;
use crate::mock::list::Listing;
use crate::mock::present::{fields, present};
use crate::mock::route::{Flow, Route};
use crate::mock::schema::{Kind, Schema, optional, required};

pub(crate) const GENRES: &[&str] = &["Fiction", "Fantasy", "History", "Mystery", "Programming", "Science"];

static BOOK: Schema = Schema {
    name: "book",
    fields: &[
        required("title", Kind::Text(1, 120)),
        required("author", Kind::Text(1, 80)),
        required("genre", Kind::OneOf(GENRES)),
        required("price", Kind::Number(0.0, 100_000.0)),
        optional("stock", Kind::Whole(0, 100_000)),
        optional("year", Kind::Whole(0, 2100)),
        optional("tags", Kind::Texts),
    ],
};

static REVIEW: Schema = Schema {
    name: "review",
    fields: &[required("rating", Kind::Whole(1, 5)), required("text", Kind::Text(1, 1000))],
};

const BOOKS: Listing = Listing {
    collection: "books",
    fields: &[
        ("id", Kind::Whole(0, 0)),
        ("title", Kind::Text(0, 0)),
        ("author", Kind::Text(0, 0)),
        ("genre", Kind::Text(0, 0)),
        ("price", Kind::Number(0.0, 0.0)),
        ("stock", Kind::Whole(0, 0)),
        ("year", Kind::Whole(0, 0)),
        ("rating", Kind::Number(0.0, 0.0)),
        ("reviews", Kind::Whole(0, 0)),
        ("tags", Kind::Text(0, 0)),
        ("createdAt", Kind::Moment),
        ("updatedAt", Kind::Moment),
    ],
    searched: &["title", "author", "tags"],
};

const REVIEWS: Listing = Listing {
    collection: "reviews",
    fields: &[
        ("id", Kind::Whole(0, 0)),
        ("bookId", Kind::Whole(0, 0)),
        ("userId", Kind::Whole(0, 0)),
        ("rating", Kind::Whole(0, 0)),
        ("text", Kind::Text(0, 0)),
        ("createdAt", Kind::Moment),
    ],
    searched: &["text"],
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            "GET",
            "/api/books",
            "Lists books: filter by any field, search, sort, page.",
            "listBooks",
            list,
        )
        .query("search", "Text in title, author or tags")
        .query(
            "genre",
            "Or any other field: genre=Fiction, price[lte]=400, year[gte]=2000, genre[in]=Fantasy,Mystery",
        )
        .query("sort", "Field to sort by, - for descending: -price,title")
        .query("page", "From 1")
        .query("limit", "Books per page, 1 to 50, otherwise 10")
        .query("fields", "Only these fields: title,price")
        .try_at("/api/books?genre=Fiction&sort=-price&limit=2"),
        Route::new("POST", "/api/books", "Adds a book.", "createBook", create)
            .takes(&BOOK)
            .try_with(json!({
                "title": "Node in Practice", "author": "Meera Nair", "genre": "Programming", "price": 450, "stock": 5
            })),
        Route::new("GET", "/api/books/:id", "Shows one book.", "showBook", show).try_at("/api/books/1"),
        Route::new(
            "PUT",
            "/api/books/:id",
            "Replaces a book; every required field has to be there.",
            "replaceBook",
            replace,
        )
        .takes(&BOOK)
        .try_at("/api/books/1")
        .try_with(json!({ "title": "The Night Ferry", "author": "Anita Rao", "genre": "Fiction", "price": 280, "stock": 12 })),
        Route::new("PATCH", "/api/books/:id", "Changes some fields of a book.", "updateBook", update)
            .takes_part_of(&BOOK)
            .try_at("/api/books/1")
            .try_with(json!({ "price": 299 })),
        Route::new("DELETE", "/api/books/:id", "Deletes a book and its reviews.", "deleteBook", delete).try_at("/api/books/24"),
        Route::new(
            "GET",
            "/api/books/:id/reviews",
            "Lists the reviews of a book.",
            "listReviews",
            list_reviews,
        )
        .query("sort", "Field to sort by: -rating")
        .query("page", "From 1")
        .query("limit", "Reviews per page, 1 to 50")
        .try_at("/api/books/1/reviews"),
        Route::new(
            "POST",
            "/api/books/:id/reviews",
            "Adds your review; one per book.",
            "createReview",
            create_review,
        )
        .needs_auth()
        .takes(&REVIEW)
        .try_at("/api/books/9/reviews")
        .try_with(json!({ "rating": 5, "text": "Read it in one night." })),
    ]
}

fn list(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let page = BOOKS.answer(exchange, doc! {})?;
    exchange.json(200, page)
}

fn show(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    let book = exchange.by_id("books", "book", id)?;
    exchange.json(200, present(book))
}

fn create(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let mut book = doc! { "stock": 0, "rating": Bson::Null, "reviews": 0 };
    book.extend(fields(&exchange.fields()));
    book.insert("createdAt", DateTime::from_millis(exchange.clock.now_ms()));
    let book = present(exchange.insert("books", book)?);
    exchange.set_header("Location", &format!("/api/books/{}", book["id"]));
    exchange.json(201, book)
}

fn replace(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    let before = exchange.by_id("books", "book", id)?;
    let mut book = doc! { "stock": 0 };
    book.extend(fields(&exchange.fields()));
    for kept in ["rating", "reviews", "createdAt"] {
        if let Some(value) = before.get(kept) {
            book.insert(kept, value.clone());
        }
    }
    book.insert("updatedAt", DateTime::from_millis(exchange.clock.now_ms()));
    let book = exchange.update("books", "book", id, book)?;
    exchange.json(200, present(book))
}

fn update(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    exchange.by_id("books", "book", id)?;
    let set = fields(&exchange.fields());
    let book = exchange.update("books", "book", id, doc! { "$set": set, "$currentDate": { "updatedAt": true } })?;
    exchange.json(200, present(book))
}

fn delete(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    exchange.by_id("books", "book", id)?;
    exchange.delete("books", doc! { "_id": id })?;
    exchange.delete("reviews", doc! { "bookId": id })?;
    exchange.empty(204)
}

fn list_reviews(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.id()?;
    exchange.by_id("books", "book", id)?;
    let page = REVIEWS.answer(exchange, doc! { "bookId": id })?;
    exchange.json(200, page)
}

fn create_review(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let (id, person) = (exchange.id()?, exchange.person()?);
    exchange.by_id("books", "book", id)?;
    if exchange.find_one("reviews", doc! { "bookId": id, "userId": person.id })?.is_some() {
        return Err(ApiError::Conflict("You have reviewed this book already.".into()));
    }
    let mut review = doc! { "bookId": id, "userId": person.id, "by": &person.name };
    review.extend(fields(&exchange.fields()));
    review.insert("createdAt", DateTime::from_millis(exchange.clock.now_ms()));
    let review = present(exchange.insert("reviews", review)?);
    rate(exchange, id)?;
    exchange.set_header("Location", &format!("/api/books/{id}/reviews"));
    exchange.json(201, review)
}

/// Writes the average of the reviews into the book, with one decimal.
fn rate(exchange: &mut Exchange, id: i32) -> Result<(), ApiError> {
    let reviews = exchange.find("reviews", doc! { "bookId": id }, doc! {}, 0, 0)?;
    let ratings: Vec<f64> = reviews
        .into_iter()
        .map(present)
        .filter_map(|review| review.get("rating").and_then(Value::as_f64))
        .collect();
    let count = i32::try_from(ratings.len()).unwrap_or(i32::MAX);
    let average = (ratings.iter().sum::<f64>() / f64::from(count.max(1)) * 10.0).round() / 10.0;
    exchange.update("books", "book", id, doc! { "$set": { "rating": average, "reviews": count } })?;
    Ok(())
}
