--liquibase formatted sql logicalFilePath:dev/idem/core/schema/009-idempotency-deletions.sql

--changeset idem:009-idempotency-deletions
--comment: by which processes that keep answers in memory notice that one was deleted
CREATE TABLE idempotency_deletions (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    count    bigint  NOT NULL
);
INSERT INTO idempotency_deletions (count) VALUES (0);
COMMENT ON TABLE idempotency_deletions IS 'How often operators have deleted a record';
--rollback DROP TABLE idempotency_deletions;
