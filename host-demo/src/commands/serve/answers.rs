//! What the server answers, address by address. Whatever touches files or engines runs off the threads that talk to the network.

use super::shelf::{ENGINE, Found, Shelf};
use crate::commands::form::files::File;
use crate::commands::form::page::{self, About, Around, POLICY};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;
use tokio::sync::Semaphore;

const INDEX: &str = include_str!("../../../form/index.html");
/// The largest case that is read.
const LARGEST_CASE: usize = 1 << 20;

/// What all answers share.
pub(crate) struct Server {
    pub(crate) shelf: Shelf,
    pub(crate) files: Vec<File>,
    /// How many requests may have an engine at once; the others wait.
    pub(crate) engines: Semaphore,
}

type Shared = State<Arc<Server>>;

/// All addresses.
pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/form/{pack}", get(form))
        .route("/form/{pack}/pack.json", get(document))
        .route("/assets/{file}", get(asset))
        .route("/api/decide/{pack}", post(decide))
        .fallback(|| async { nothing_here() })
        .layer(DefaultBodyLimit::max(LARGEST_CASE))
        .layer(from_fn(with_headers))
        .with_state(server)
}

/// Headers that stand on every answer.
async fn with_headers(request: Request<Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = format!("{POLICY}; frame-ancestors 'self'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Does work that may wait for files or engines on a thread of its own.
async fn aside<T: Send + 'static>(server: Arc<Server>, work: impl FnOnce(&Server) -> T + Send + 'static) -> Option<T> {
    let _turn = server.engines.acquire().await.ok()?;
    let worker = Arc::clone(&server);
    tokio::task::spawn_blocking(move || work(&worker)).await.ok()
}

async fn index(State(server): Shared, headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8080");
    let found = aside(Arc::clone(&server), |server| server.shelf.all()).await.unwrap_or_default();
    let packs: String = found.iter().map(entry).collect();
    let nothing =
        "<p class=\"govuk-body\">There is no pack in the folder. A pack is a folder with a file pack.json.</p>";
    html(page::filled(INDEX, &|name| match name {
        "packs" if found.is_empty() => nothing.to_owned(),
        "packs" => packs.clone(),
        "engine" => ENGINE.to_owned(),
        "host" => page::escaped(host),
        _ => String::new(),
    }))
}

/// One pack on the list.
fn entry(found: &Found) -> String {
    let name = page::escaped(&found.name);
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match &found.pack {
        Some(pack) => {
            let About { title, description, authority, version, .. } = &pack.about;
            let said = [title, description, authority, version].map(|text| page::escaped(text));
            let [title, description, authority, version] = said;
            write!(
                text,
                "<h2 class=\"govuk-heading-m\"><a class=\"govuk-link\" href=\"form/{name}\">{title}</a></h2>\
                 <p class=\"govuk-body\">{description}</p><p class=\"govuk-body-s rules-form__small\">{authority}, version {version}</p>"
            )
        }
        None => write!(text, "<h2 class=\"govuk-heading-m\">{name}</h2>"),
    };
    if !found.faults.is_empty() {
        let lines: String = found.faults.iter().map(|line| format!("<li>{}</li>", page::escaped(line))).collect();
        let serving = if found.pack.is_some() {
            "the version above keeps serving"
        } else {
            "there is no earlier version to serve"
        };
        let _ = write!(
            text,
            "<div class=\"govuk-inset-text\"><p class=\"govuk-body\"><strong>The file pack.json has faults: {serving}.</strong></p>\
             <ul class=\"govuk-list govuk-list--bullet\">{lines}</ul></div>"
        );
    }
    text
}

async fn form(
    State(server): Shared,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let Some(found) = find(&server, name).await else { return nothing_here() };
    let Some(pack) = found.pack else { return refused(&found) };
    let language = query.get("lang").map_or("en", String::as_str);
    let about = About::read(&pack.document, language, pack.about.sha256.clone());
    let address = format!("{}/pack.json", found.name);
    let help = "Please ask the people who run this server to answer the questions with you.";
    let around =
        Around { base: "../assets/", pack: &address, help, in_language: Some(&|language| format!("?lang={language}")) };
    html(page::page(&about, &around, &server.files))
}

async fn document(State(server): Shared, Path(name): Path<String>) -> Response {
    let Some(found) = find(&server, name).await else { return nothing_here() };
    match &found.pack {
        Some(pack) => ([(header::CONTENT_TYPE, "application/json")], pack.document.clone()).into_response(),
        None => refused(&found),
    }
}

async fn asset(State(server): Shared, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = server.files.iter().find(|file| file.name == name) else { return nothing_here() };
    let tag = format!("\"{}\"", file.sha256);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let about = [
        (header::CONTENT_TYPE, file.media.to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, file.bytes.to_vec()).into_response()
}

async fn decide(
    State(server): Shared,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let bytes = match body {
        Ok(bytes) => bytes,
        Err(rejection) => {
            let message = format!("the case cannot be read, or is larger than {LARGEST_CASE} bytes");
            return json_answer(rejection.status(), &json!({"error": fault("case-too-large", &message)}).to_string());
        }
    };
    let Some(found) = find(&server, name).await else { return no_such_pack() };
    let Some(pack) = found.pack.clone() else { return refused_json(&found) };
    let Some(case) = checked_text(&bytes) else {
        let message = "the body is not one JSON object in UTF-8";
        return json_answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"rejected": [fault("not-json", message)]}).to_string(),
        );
    };
    let options: Vec<(String, String)> =
        query.into_iter().filter(|(name, _)| matches!(name.as_str(), "as_of" | "record" | "language")).collect();
    let answer = aside(server, move |server| {
        server.shelf.ask(&pack, |handle| {
            let options: String =
                options.iter().map(|(name, value)| format!(",{}:{}", json!(name), json!(value))).collect();
            format!("{{\"do\":\"decide\",\"pack\":{handle},\"case\":{case}{options}}}")
        })
    });
    match answer.await {
        Some(Ok(answer)) => decided(&answer),
        Some(Err(failure)) => json_answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"rejected": [fault("engine-stopped", &failure.to_string())]}).to_string(),
        ),
        None => json_answer(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({"error": fault("engine-fault", "the engine stopped on a fault of its own")}).to_string(),
        ),
    }
}

/// The case as text, when it is one JSON value and nothing more: it is put into the request to the engine as it is.
fn checked_text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    Some(text.to_owned())
}

/// The engine's answer: a record as it is, byte for byte; or what is wrong with the case or the request.
fn decided(answer: &str) -> Response {
    if let Some(record) = answer.strip_prefix("{\"record\":").and_then(|rest| rest.strip_suffix('}')) {
        return json_answer(StatusCode::OK, &format!("{record}\n"));
    }
    let status =
        if answer.starts_with("{\"rejected\"") { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
    json_answer(status, answer)
}

async fn find(server: &Arc<Server>, name: String) -> Option<Found> {
    aside(Arc::clone(server), move |server| server.shelf.find(&name)).await.flatten()
}

fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

fn json_answer(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text.to_owned()).into_response()
}

fn fault(code: &str, message: &str) -> Value {
    json!({"code": code, "message": message, "pointer": ""})
}

fn nothing_here() -> Response {
    let text = "There is nothing at this address. The list of forms is at /\n";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn no_such_pack() -> Response {
    json_answer(
        StatusCode::NOT_FOUND,
        &json!({"error": fault("no-such-pack", "no pack has this name; the list is at /")}).to_string(),
    )
}

/// A pack that never was good: what is wrong with it.
fn refused(found: &Found) -> Response {
    let text = format!("The pack {} has faults and cannot be served:\n\n{}\n", found.name, found.faults.join("\n"));
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn refused_json(found: &Found) -> Response {
    let message = format!("the pack has faults: {}", found.faults.join("; "));
    json_answer(StatusCode::SERVICE_UNAVAILABLE, &json!({"error": fault("pack-refused", &message)}).to_string())
}

#[cfg(test)]
mod tests {
    use super::checked_text;

    #[test]
    fn a_body_that_is_more_than_one_value_is_no_case() {
        assert_eq!(checked_text(b" {\"a\": 1e400} ").as_deref(), Some(" {\"a\": 1e400} "));
        for body in [&b"{},\"pack\":2"[..], b"", b"{\"a\":1", b"{\"a\":\"\xff\"}", b"{} {}"] {
            assert_eq!(checked_text(body), None);
        }
    }
}
