//! The program as it is called: what it prints and with which status it ends.

#[path = "program/backup.rs"]
mod backup;
#[path = "program/connections.rs"]
mod connections;
#[path = "program/evaluate.rs"]
mod evaluate;
#[path = "program/metrics.rs"]
mod metrics;
#[path = "program/prices.rs"]
mod prices;
#[path = "program/serve.rs"]
mod serve;
#[path = "program/settings.rs"]
mod settings;
#[path = "program/simulate.rs"]
mod simulate;
#[path = "program/slow.rs"]
mod slow;
#[path = "program/support.rs"]
mod support;
