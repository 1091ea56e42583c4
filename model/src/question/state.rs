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
    ),
    Question::number(
        "state.queue_messages",
        "Queue messages",
        "How many queue messages does a request send?",
        SAME,
    ),
    Question::number(
        "state.workflow_steps",
        "Workflow steps",
        "How many workflow steps does a request take?",
        "State transitions can cost more than the computing.",
    ),
    Question::number(
        "state.events",
        "Events",
        "How many events does a request publish?",
        SAME,
    ),
    Question::number(
        "state.object_reads",
        "Object reads",
        "How many objects does a request read?",
        SAME,
    ),
    Question::number(
        "state.object_writes",
        "Object writes",
        "How many objects does a request write?",
        SAME,
    ),
    Question::number(
        "state.storage_gb",
        "Stored data",
        "How much data does it store?",
        SAME,
    ),
    Question::number(
        "state.cache_gb",
        "Cache",
        "How much does it cache?",
        "A function's memory does not survive; a cache must live elsewhere.",
    ),
    Question::number(
        "state.relational_connections",
        "Database connections",
        "How many connections does the database allow?",
        "Each function environment opens its own; a pool cannot be shared without a proxy.",
    ),
    Question::number(
        "state.websocket_connections",
        "Open WebSockets",
        "How many WebSocket connections are open at once?",
        "A function cannot hold a connection; a gateway does, by the minute.",
    )
    .when(holds_connections),
    Question::number(
        "state.websocket_messages_per_s",
        "WebSocket messages",
        "How many WebSocket messages a second?",
        "The gateway bills each message.",
    )
    .when(holds_connections),
];
