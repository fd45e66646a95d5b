--liquibase formatted sql

--changeset idem:010-idempotency-tombstones
--comment: what operators have deleted, so that no old copy of it comes back
CREATE TABLE idempotency_tombstones (
    scope      text        NOT NULL,
    key        text        NOT NULL,
    owners     uuid[]      NOT NULL,
    deleted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_tombstones_expires_at ON idempotency_tombstones (expires_at);
COMMENT ON TABLE idempotency_tombstones IS 'A row for each key whose record an operator has deleted';
COMMENT ON COLUMN idempotency_tombstones.owners IS 'Whose answers were deleted';
COMMENT ON COLUMN idempotency_tombstones.deleted_at IS 'Answers that are older are deleted, too';
COMMENT ON COLUMN idempotency_tombstones.expires_at IS 'Later than any copy of a deleted answer';
--rollback DROP TABLE idempotency_tombstones;
