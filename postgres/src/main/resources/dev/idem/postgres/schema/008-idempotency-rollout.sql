--liquibase formatted sql logicalFilePath:dev/idem/core/schema/008-idempotency-rollout.sql

--changeset idem:008-idempotency-rollout
--comment: for whom the layer works, changed while the service runs
CREATE TABLE idempotency_rollout (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    version    bigint      NOT NULL,
    settings   jsonb,
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL,
    reason     text        NOT NULL
);
INSERT INTO idempotency_rollout (version, changed_at, changed_by, reason) VALUES (0, now(), 'migration', '');
COMMENT ON TABLE idempotency_rollout IS 'One row: what every node goes by instead of its configuration file';
COMMENT ON COLUMN idempotency_rollout.version IS 'Grows with each change, a reset too: a writer names the one that it has seen';
COMMENT ON COLUMN idempotency_rollout.settings IS 'Null: each node goes by its own configuration file';
COMMENT ON COLUMN idempotency_rollout.reason IS 'Why it was changed, in the words of whoever did; empty if they said nothing';
--rollback DROP TABLE idempotency_rollout;
