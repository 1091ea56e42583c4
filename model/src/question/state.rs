//! What it keeps and calls.

use super::relevance::holds_connections;
use super::{Question, typical};

const SAME: &str = "The service is billed alike on both sides; it is part of the whole cost.";

pub(super) const QUESTIONS: &[Question] = &[
    Question::number(
        "state.key_value_reads",
        "Key-value reads",
        "How many key-value reads does a request make?",
        SAME,
    )
    .typically(&[typical("1", "a session lookup")]),
    Question::number(
        "state.key_value_writes",
        "Key-value writes",
        "How many key-value writes does a request make?",
        SAME,
    )
    .typically(&[typical("1", "keeps the session")]),
    Question::number(
        "state.queue_messages",
        "Queue messages",
        "How many queue messages does a request send?",
        SAME,
    )
    .typically(&[typical("1", "hands the rest over to a worker")]),
    Question::number(
        "state.workflow_steps",
        "Workflow steps",
        "How many workflow steps does a request take?",
        "State transitions can cost more than the computing.",
    )
    .typically(&[typical("5", "a short order process")]),
    Question::number(
        "state.events",
        "Events",
        "How many events does a request publish?",
        SAME,
    )
    .typically(&[typical("1", "tells others that it is done")]),
    Question::number(
        "state.object_reads",
        "Object reads",
        "How many objects does a request read?",
        SAME,
    )
    .typically(&[typical("1", "fetches the upload")]),
    Question::number(
        "state.object_writes",
        "Object writes",
        "How many objects does a request write?",
        SAME,
    )
    .typically(&[typical("1", "stores the result")]),
    Question::number(
        "state.storage_gb",
        "Stored data",
        "How much data does it store?",
        SAME,
    )
    .typically(&[
        typical("10", "a small product"),
        typical("1 TB", "a busy one with files"),
    ]),
    Question::number(
        "state.cache_gb",
        "Cache",
        "How much does it cache?",
        "A function's memory does not survive; a cache must live elsewhere.",
    )
    .typically(&[typical("1", "sessions and settings")]),
    Question::number(
        "state.relational_connections",
        "Database connections",
        "How many connections does the database allow?",
        "Each function environment opens its own; a pool cannot be shared without a proxy.",
    )
    .typically(&[
        typical("100", "a small PostgreSQL"),
        typical("1000", "a large one"),
    ]),
    Question::number(
        "state.websocket_connections",
        "Open WebSockets",
        "How many WebSocket connections are open at once?",
        "A function cannot hold a connection; a gateway does, by the minute.",
    )
    .typically(&[typical("5k", "a chat of a small product")])
    .when(holds_connections),
    Question::number(
        "state.websocket_messages_per_s",
        "WebSocket messages",
        "How many WebSocket messages a second?",
        "The gateway bills each message.",
    )
    .typically(&[typical("50", "each of 500 people writes every ten seconds")])
    .when(holds_connections),
];
