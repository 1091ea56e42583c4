-- Whoever saved may change and delete; answers and result are packed; what is gone leaves its id behind.
ALTER TABLE scenarios
    -- Of the browser that saved it, for its list.
    ADD COLUMN browser_hash BYTEA CHECK (length(browser_hash) = 32),
    -- Of the client's address, for its quota.
    ADD COLUMN client_hash BYTEA CHECK (length(client_hash) = 32),
    -- Counts what happened to the scenario, revisions, names and dates alike: the guard against two writers.
    ADD COLUMN changes BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN gone TEXT CHECK (gone IN ('deleted', 'expired'));

ALTER TABLE revisions
    -- How `system` and `evaluation` are written: 1 is JSON, 2 is JSON packed by brotli.
    ADD COLUMN format BIGINT NOT NULL DEFAULT 1,
    -- A JSON string: the verdict in a sentence, for lists.
    ADD COLUMN headline TEXT,
    ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0,
    ADD CONSTRAINT revisions_are_at_most_100 CHECK (revision <= 100),
    ALTER COLUMN system TYPE BYTEA USING convert_to(system, 'UTF8'),
    ALTER COLUMN evaluation TYPE BYTEA USING convert_to(evaluation, 'UTF8');
UPDATE revisions SET bytes = length(system) + length(evaluation);
ALTER TABLE revisions
    ALTER COLUMN format DROP DEFAULT,
    ALTER COLUMN bytes DROP DEFAULT,
    -- Packed already; trying again costs time and saves nothing.
    ALTER COLUMN system SET STORAGE EXTERNAL,
    ALTER COLUMN evaluation SET STORAGE EXTERNAL;

CREATE INDEX scenarios_of_browser ON scenarios (browser_hash) WHERE browser_hash IS NOT NULL;
CREATE INDEX scenarios_of_client ON scenarios (client_hash) WHERE client_hash IS NOT NULL;
CREATE INDEX scenarios_that_expire ON scenarios (expires_at_ms) WHERE gone IS NULL AND expires_at_ms IS NOT NULL;

-- One answer for one key: a repeated request finds what the first one saved.
CREATE TABLE idempotency_keys (
    key_hash BYTEA PRIMARY KEY NOT NULL CHECK (length(key_hash) = 32),
    request_hash BYTEA NOT NULL CHECK (length(request_hash) = 32),
    scenario_id TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_ms);

-- What all copies of the program must agree on.
CREATE TABLE settings (
    name TEXT PRIMARY KEY NOT NULL,
    value BYTEA NOT NULL
);
