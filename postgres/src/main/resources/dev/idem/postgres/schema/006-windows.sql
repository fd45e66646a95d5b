--liquibase formatted sql logicalFilePath:dev/idem/core/schema/006-windows.sql

--changeset idem:006-windows
--comment: for requests without a key, which are told from others by what they say
ALTER TABLE idempotency_records ADD COLUMN window_ms bigint;
COMMENT ON COLUMN idempotency_records.window_ms IS 'How long after its claim a completed record answers; null: as long as it lives';
--rollback ALTER TABLE idempotency_records DROP COLUMN window_ms;
