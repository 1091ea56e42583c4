-- A replay of traffic: what was asked, how far it is, what came of it. Deleted when it has expired.
CREATE TABLE simulations (
    id TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    -- How `question` and `result` are written, as with revisions.
    format INTEGER NOT NULL,
    question BLOB NOT NULL,
    progress TEXT NOT NULL,
    result BLOB,
    created_at_ms INTEGER NOT NULL,
    -- The last sign of life of the program that computes it: who is silent for long has ended.
    beat_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX simulations_that_expire ON simulations (expires_at_ms);
