//! The routes, asked as a client asks them, with a real store beneath.

#[path = "http/api.rs"]
mod api;
#[path = "http/api_page.rs"]
mod api_page;
#[path = "http/break_even.rs"]
mod break_even;
#[path = "http/browsers.rs"]
mod browsers;
#[path = "http/charts.rs"]
mod charts;
#[path = "http/compare.rs"]
mod compare;
#[path = "http/hostile_reports.rs"]
mod hostile_reports;
#[path = "http/learn.rs"]
mod learn;
#[path = "http/log.rs"]
mod log;
#[path = "http/method.rs"]
mod method;
#[path = "http/metrics.rs"]
mod metrics;
#[path = "http/names.rs"]
mod names;
#[path = "http/openapi.rs"]
mod openapi;
#[path = "http/ownership.rs"]
mod ownership;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/quotas.rs"]
mod quotas;
#[path = "http/rate_limit.rs"]
mod rate_limit;
#[path = "http/reading.rs"]
mod reading;
#[path = "http/report_claims.rs"]
mod report_claims;
#[path = "http/reports.rs"]
mod reports;
#[path = "http/scenarios.rs"]
mod scenarios;
#[path = "http/schema.rs"]
mod schema;
#[path = "http/simulations.rs"]
mod simulations;
#[path = "http/support.rs"]
mod support;
#[path = "http/tripwires.rs"]
mod tripwires;
