//! The labels of the metrics, each with a fixed set of values.

use std::sync::Arc;

use axum::extract::MatchedPath;
use axum::http::{Method, StatusCode};
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};

/// Writes each case of a label by its name.
macro_rules! names {
    ($label:ident { $($case:ident => $name:literal),+ }) => {
        impl EncodeLabelValue for $label {
            fn encode(&self, encoder: &mut LabelValueEncoder) -> std::fmt::Result {
                let name = match self {
                    $(Self::$case => $name),+
                };
                EncodeLabelValue::encode(&name, encoder)
            }
        }
    };
}

/// Whatever the router does not know is one.
const NO_ROUTE: &str = "(no route)";

/// A request by what is bounded of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Request {
    method: &'static str,
    pub(super) route: Arc<str>,
    status: &'static str,
}

impl Request {
    pub(crate) fn new(method: &Method, route: Option<&MatchedPath>, status: StatusCode) -> Self {
        Self {
            method: method_name(method),
            route: route.map_or(NO_ROUTE, MatchedPath::as_str).into(),
            status: status_class(status),
        }
    }
}

/// Methods are any word that a client makes up.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Route {
    pub(super) route: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Charts {
    pub(super) outcome: ChartOutcome,
}

/// What became of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ChartOutcome {
    Drawn,
    /// It was drawn before.
    Kept,
    Failed,
}

names!(ChartOutcome { Drawn => "drawn", Kept => "kept", Failed => "failed" });

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Limited {
    pub(super) budget: Purpose,
}

/// What a client's budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    Reading,
    Saving,
}

names!(Purpose { Reading => "reading", Saving => "saving" });

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct StoreCall {
    pub(super) operation: &'static str,
    pub(super) outcome: StoreOutcome,
}

/// What became of an operation on the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreOutcome {
    /// As asked, also when nothing was found.
    Done,
    /// The database could not be reached, or was too busy.
    Unavailable,
    /// Anything else.
    Failed,
}

names!(StoreOutcome { Done => "done", Unavailable => "unavailable", Failed => "failed" });
