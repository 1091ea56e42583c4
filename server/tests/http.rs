//! The routes, asked as a client asks them, with a real store beneath.

#[path = "http/api.rs"]
mod api;
#[path = "http/break_even.rs"]
mod break_even;
#[path = "http/charts.rs"]
mod charts;
#[path = "http/compare.rs"]
mod compare;
#[path = "http/learn.rs"]
mod learn;
#[path = "http/log.rs"]
mod log;
#[path = "http/method.rs"]
mod method;
#[path = "http/names.rs"]
mod names;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/reports.rs"]
mod reports;
#[path = "http/scenarios.rs"]
mod scenarios;
#[path = "http/support.rs"]
mod support;
