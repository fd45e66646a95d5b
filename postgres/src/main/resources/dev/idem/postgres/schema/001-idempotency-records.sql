--liquibase formatted sql logicalFilePath:dev/idem/core/schema/001-idempotency-records.sql

--changeset idem:001-idempotency-records
--comment: one row for each key that was claimed, until it expires
CREATE TABLE idempotency_records (
    scope           text        NOT NULL,
    key             text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('processing', 'completed')),
    fingerprint     bytea       NOT NULL,
    owner           uuid        NOT NULL,
    fencing         bigint      NOT NULL,
    attempt         integer     NOT NULL,
    node            text        NOT NULL,
    route           text        NOT NULL,
    claimed_at      timestamptz NOT NULL,
    heartbeat_at    timestamptz NOT NULL,
    lock_timeout_ms bigint      NOT NULL,
    completed_at    timestamptz,
    expires_at      timestamptz NOT NULL,
    answer          bytea,
    PRIMARY KEY (scope, key),
    CHECK ((state = 'completed') = (answer IS NOT NULL))
);
CREATE INDEX idempotency_records_key ON idempotency_records (key);
CREATE INDEX idempotency_records_expires_at ON idempotency_records (expires_at);
CREATE INDEX idempotency_records_heartbeat_at ON idempotency_records (heartbeat_at) WHERE state = 'processing';
COMMENT ON TABLE idempotency_records IS 'Who executes a request, and what its repeats are answered with';
COMMENT ON COLUMN idempotency_records.scope IS 'Whose key it is';
COMMENT ON COLUMN idempotency_records.key IS 'The client''s Idempotency-Key, without quotes';
COMMENT ON COLUMN idempotency_records.fingerprint IS 'SHA-256 of what the request is';
COMMENT ON COLUMN idempotency_records.owner IS 'A random token that only the owner of the lease knows';
COMMENT ON COLUMN idempotency_records.fencing IS 'Grows with each new lease of the record';
COMMENT ON COLUMN idempotency_records.attempt IS '1, and one more for each take-over from a dead owner';
COMMENT ON COLUMN idempotency_records.heartbeat_at IS 'When the owner was last heard of';
COMMENT ON COLUMN idempotency_records.lock_timeout_ms IS 'After this long without a heartbeat the owner counts as dead';
COMMENT ON COLUMN idempotency_records.answer IS 'What repeats are answered with, in the binary format of AnswerCodec';
--rollback DROP TABLE idempotency_records;
