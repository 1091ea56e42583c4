-- Whoever saved may change and delete; answers and result are packed; what is gone leaves its id behind.
CREATE TABLE scenarios_2 (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    owner_token_hash BLOB NOT NULL CHECK (length(owner_token_hash) = 32),
    -- Of the browser that saved it, for its list.
    browser_hash BLOB CHECK (length(browser_hash) = 32),
    -- Of the client's address, for its quota.
    client_hash BLOB CHECK (length(client_hash) = 32),
    -- Counts what happened to the scenario, revisions, names and dates alike: the guard against two writers.
    changes INTEGER NOT NULL DEFAULT 0,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    copied_from TEXT,
    gone TEXT CHECK (gone IN ('deleted', 'expired'))
) STRICT;

CREATE TABLE revisions_2 (
    scenario_id TEXT NOT NULL REFERENCES scenarios_2 (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL CHECK (revision BETWEEN 1 AND 100),
    -- How `system` and `evaluation` are written: 1 is JSON, 2 is JSON packed by brotli.
    format INTEGER NOT NULL,
    system BLOB NOT NULL,
    evaluation BLOB NOT NULL,
    -- A JSON string: the verdict in a sentence, for lists.
    headline TEXT,
    bytes INTEGER NOT NULL,
    price_book TEXT NOT NULL,
    model_version TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scenario_id, revision)
) STRICT;

INSERT INTO scenarios_2 (id, name, owner_token_hash, created_at_ms, expires_at_ms, copied_from)
    SELECT id, name, owner_token_hash, created_at_ms, expires_at_ms, copied_from FROM scenarios;
INSERT INTO revisions_2 (scenario_id, revision, format, system, evaluation, bytes, price_book, model_version, created_at_ms)
    SELECT scenario_id, revision, 1, CAST(system AS BLOB), CAST(evaluation AS BLOB),
        length(CAST(system AS BLOB)) + length(CAST(evaluation AS BLOB)), price_book, model_version, created_at_ms
    FROM revisions;
DROP TABLE revisions;
DROP TABLE scenarios;
ALTER TABLE scenarios_2 RENAME TO scenarios;
ALTER TABLE revisions_2 RENAME TO revisions;

CREATE INDEX scenarios_of_browser ON scenarios (browser_hash) WHERE browser_hash IS NOT NULL;
CREATE INDEX scenarios_of_client ON scenarios (client_hash) WHERE client_hash IS NOT NULL;
CREATE INDEX scenarios_that_expire ON scenarios (expires_at_ms) WHERE gone IS NULL AND expires_at_ms IS NOT NULL;

-- One answer for one key: a repeated request finds what the first one saved.
CREATE TABLE idempotency_keys (
    key_hash BLOB PRIMARY KEY NOT NULL CHECK (length(key_hash) = 32),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    scenario_id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_ms);

-- What all copies of the program must agree on.
CREATE TABLE settings (
    name TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;
