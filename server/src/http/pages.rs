//! The pages, rendered by `app`; here they get their context and their policy.

use std::sync::Arc;

use app::api::reference::ApiDocument;
use app::app::App;
use app::shell::shell;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use leptos::context::{provide_context, use_context};
use leptos::nonce::use_nonce;
use leptos_axum::{LeptosRoutes as _, ResponseOptions};

use super::openapi;
use crate::assets;
use crate::error::Error;
use crate::middleware::page_policy;
use crate::state::AppState;

pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let context = context(state);
    let (table, _static_pages) =
        leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(
            App,
            None,
            context.clone(),
        );
    let options = state.leptos.clone();
    Router::new()
        .leptos_routes_with_context(state, table, context, move || shell(options.clone()))
        .fallback(elsewhere)
}

/// What a page can reach, who asks for it, and the policy with the nonce that its scripts carry.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let ports = Arc::clone(&state.ports);
    let browsers = state.browsers.clone();
    move || {
        provide_context(Arc::clone(&ports));
        let visitor = use_context::<Parts>().map(|parts| browsers.visitor(&parts.headers));
        provide_context(visitor.unwrap_or_default());
        provide_context(ApiDocument(openapi::described()));
        let nonce = use_nonce();
        let policy = HeaderValue::from_str(&page_policy(nonce.as_deref()));
        if let (Some(response), Ok(policy)) = (use_context::<ResponseOptions>(), policy) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// The page of an address as these headers would get it, with something more in its context.
pub(crate) async fn with<T: Clone + Send + Sync + 'static>(
    state: &AppState,
    path: &str,
    headers: &HeaderMap,
    more: T,
) -> Response {
    let mut request = Request::new(Body::empty());
    // An address that is none shows what the root shows, which only a fault of ours could ask for.
    *request.uri_mut() = path.parse().unwrap_or_default();
    if let Some(cookies) = headers.get(header::COOKIE) {
        request
            .headers_mut()
            .insert(header::COOKIE, cookies.clone());
    }
    let (context, options) = (context(state), state.leptos.clone());
    let page = leptos_axum::render_app_async_with_context(
        move || {
            context();
            provide_context(more.clone());
        },
        move || shell(options.clone()),
    );
    page(request).await
}

/// Files that lie at the root, such as the icon; else the page that says there is nothing.
async fn elsewhere(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::NotFound.into_response();
    }
    if let Some(file) = assets::response(request.uri().path(), request.headers()) {
        return file;
    }
    let options = state.leptos.clone();
    let page =
        leptos_axum::render_app_async_with_context(context(&state), move || shell(options.clone()));
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
