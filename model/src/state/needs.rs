//! What a workload keeps and calls, as plain numbers.

/// The state needs of one component, every gap filled: per request unless the unit says
/// otherwise. All are finite and not negative.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateNeeds {
    /// Key-value items read.
    pub key_value_reads: f64,
    /// Key-value items written.
    pub key_value_writes: f64,
    /// Queue messages sent.
    pub queue_messages: f64,
    /// Workflow steps taken.
    pub workflow_steps: f64,
    /// Events published.
    pub events: f64,
    /// Objects read.
    pub object_reads: f64,
    /// Objects written.
    pub object_writes: f64,
    /// Data kept, GB.
    pub storage_gb: f64,
    /// Data cached, GB.
    pub cache_gb: f64,
    /// Connections that the relational database must allow.
    pub relational_connections: f64,
    /// WebSocket connections open at once.
    pub websocket_connections: f64,
    /// Messages a second over the open connections, both ways.
    pub websocket_messages_per_s: f64,
    /// Size of an item that is read, KB.
    pub read_item_kb: f64,
    /// Size of an item that is written, KB.
    pub write_item_kb: f64,
    /// Size of a message that is sent, KB.
    pub message_kb: f64,
    /// Size of an event that is published, KB.
    pub event_kb: f64,
    /// Whether a queue worker of the same system takes the messages, so that receiving
    /// and deleting them stands on its bill.
    pub consumed_elsewhere: bool,
}

impl StateNeeds {
    /// The needs of a copy at another scale: what is kept, cached and connected shrinks or grows
    /// with it, what a request does stays.
    #[must_use]
    pub fn scaled(&self, scale: f64) -> Self {
        Self {
            storage_gb: self.storage_gb * scale,
            cache_gb: self.cache_gb * scale,
            relational_connections: self.relational_connections * scale,
            websocket_connections: self.websocket_connections * scale,
            websocket_messages_per_s: self.websocket_messages_per_s * scale,
            ..self.clone()
        }
    }

    /// Whether items are read or written.
    #[must_use]
    pub fn uses_items(&self) -> bool {
        self.key_value_reads > 0.0 || self.key_value_writes > 0.0
    }

    /// Whether objects are read or written.
    #[must_use]
    pub fn uses_objects(&self) -> bool {
        self.object_reads > 0.0 || self.object_writes > 0.0
    }
}
