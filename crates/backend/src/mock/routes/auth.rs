//! Signing up, signing in, new tokens, and who is signed in.

use backlab_auth::jwt::{VerifyOptions, verify};
use backlab_auth::password;
use backlab_docdb::bson::{DateTime, Document, doc};
use serde_json::{Value, json};

use crate::mock::error::{ApiError, FieldError};
use crate::mock::exchange::Exchange;
use crate::mock::present::{fields, present};
use crate::mock::route::{Flow, Route};
use crate::mock::schema::{Kind, Schema, optional, required};
use crate::mock::token;

/// The cost of new hashes: a tenth of a second in a page.
const ROUNDS: u32 = 10;

static SIGNUP: Schema = Schema {
    name: "signup",
    fields: &[
        required("name", Kind::Text(2, 60)),
        required("email", Kind::Email),
        required("password", Kind::Text(8, 72)),
        optional("city", Kind::Text(1, 60)),
    ],
};

static LOGIN: Schema = Schema {
    name: "login",
    fields: &[required("email", Kind::Email), required("password", Kind::Text(1, 72))],
};

static REFRESH: Schema = Schema {
    name: "refresh",
    fields: &[required("refreshToken", Kind::Text(1, 2000))],
};

static PROFILE: Schema = Schema {
    name: "profile",
    fields: &[
        optional("name", Kind::Text(2, 60)),
        optional("age", Kind::Whole(0, 150)),
        optional("city", Kind::Text(1, 60)),
    ],
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new("POST", "/api/auth/signup", "Makes an account and signs in.", "signup", signup)
            .takes(&SIGNUP)
            .try_with(json!({ "name": "Leela Bose", "email": "leela@example.com", "password": "correct horse" })),
        Route::new(
            "POST",
            "/api/auth/login",
            "Signs in: an access token for 15 minutes, a refresh token for 7 days.",
            "login",
            login,
        )
        .takes(&LOGIN)
        .try_with(json!({ "email": "asha@example.com", "password": "secret123" })),
        Route::new(
            "POST",
            "/api/auth/refresh",
            "Gives new tokens for a refresh token.",
            "refresh",
            refresh,
        )
        .takes(&REFRESH)
        .try_with(json!({ "refreshToken": "the refreshToken of login" })),
        Route::new("GET", "/api/me", "Shows who is signed in.", "showMe", show_me).needs_auth(),
        Route::new("PATCH", "/api/me", "Changes your own name, age or city.", "updateMe", update_me)
            .needs_auth()
            .takes_part_of(&PROFILE)
            .try_with(json!({ "city": "Mumbai" })),
    ]
}

fn signup(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let mut body = exchange.fields();
    let secret = text(&body.shift_remove("password"));
    if exchange
        .find_one("users", doc! { "email": text(&body.get("email").cloned()) })?
        .is_some()
    {
        return Err(ApiError::Conflict(
            "There is already an account with this email. Sign in instead.".into(),
        ));
    }
    let mut random = [0; 16];
    exchange.random.fill(&mut random);
    let hash = password::hash(secret.as_bytes(), &password::salt(ROUNDS, random)).map_err(|error| ApiError::Internal(error.to_string()))?;
    let mut user = fields(&body);
    user.extend(doc! { "role": "member", "active": true, "passwordHash": hash });
    user.insert("createdAt", DateTime::from_millis(exchange.clock.now_ms()));
    let user = exchange.insert("users", user)?;
    signed_in(exchange, 201, user)
}

fn login(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let body = exchange.fields();
    let user = exchange.find_one("users", doc! { "email": text(&body.get("email").cloned()) })?;
    // One answer for both mistakes: nobody learns who has an account.
    let wrong = || ApiError::Unauthorized("Email or password is wrong.".into());
    let user = user.ok_or_else(wrong)?;
    let hash = user.get_str("passwordHash").unwrap_or_default();
    if !password::verify(text(&body.get("password").cloned()).as_bytes(), hash) {
        return Err(wrong());
    }
    signed_in(exchange, 200, user)
}

fn refresh(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let given = text(&exchange.fields().get("refreshToken").cloned());
    let claims = verify(&given, token::SECRET, &VerifyOptions::default(), exchange.clock.now_ms())
        .map_err(|error| ApiError::Unauthorized(error.to_string()))?;
    let id = token::subject(&claims, "refresh").ok_or_else(|| ApiError::Invalid {
        message: "The body is not valid.",
        errors: vec![FieldError::new(
            "refreshToken",
            "is an access token; send the refresh token of login",
        )],
    })?;
    let user = exchange.find_one("users", doc! { "_id": id })?;
    let user = user.ok_or_else(|| ApiError::Unauthorized("The user of this token is gone.".into()))?;
    signed_in(exchange, 200, user)
}

fn signed_in(exchange: &mut Exchange, status: u16, user: Document) -> Result<Flow, ApiError> {
    if matches!(user.get_bool("active"), Ok(false)) {
        return Err(ApiError::Forbidden("This account is switched off.".into()));
    }
    let id = user.get_i32("_id").unwrap_or_default();
    let role = user.get_str("role").unwrap_or("member").to_owned();
    let (access, refresh) = token::pair(id, &role, exchange.clock.now_ms())?;
    exchange.json(status, json!({ "token": access, "refreshToken": refresh, "user": present(user) }))
}

fn show_me(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.person()?.id;
    let user = exchange.by_id("users", "user", id)?;
    exchange.json(200, present(user))
}

fn update_me(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let id = exchange.person()?.id;
    let set = fields(&exchange.fields());
    let user = exchange.update("users", "user", id, doc! { "$set": set, "$currentDate": { "updatedAt": true } })?;
    exchange.json(200, present(user))
}

fn text(value: &Option<Value>) -> String {
    value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}
