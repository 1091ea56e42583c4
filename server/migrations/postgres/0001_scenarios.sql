-- A scenario is what a link points to; its revisions are what was said and
-- answered, and never change. Times are milliseconds since 1970, UTC.
CREATE TABLE scenarios (
    id TEXT PRIMARY KEY NOT NULL,
    -- A JSON string: PostgreSQL's text cannot hold every character that a name may have.
    name TEXT NOT NULL,
    owner_token_hash BYTEA NOT NULL CHECK (length(owner_token_hash) = 32),
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT,
    copied_from TEXT
);

CREATE TABLE revisions (
    scenario_id TEXT NOT NULL REFERENCES scenarios (id) ON DELETE CASCADE,
    -- Eight bytes like every number here, so that both databases are read alike.
    revision BIGINT NOT NULL CHECK (revision >= 1),
    -- Text, not jsonb: what was saved comes back to the byte.
    system TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    price_book TEXT NOT NULL,
    model_version TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (scenario_id, revision)
);
