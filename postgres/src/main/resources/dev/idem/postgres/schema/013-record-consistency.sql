--liquibase formatted sql

--changeset idem:013-record-consistency
--comment: by which operators know what a repeat gets
SET LOCAL lock_timeout = '2s';
ALTER TABLE idempotency_records ADD COLUMN consistency text;
COMMENT ON COLUMN idempotency_records.consistency IS 'strict, or null: fast, or claimed by a release that did not write it';
--rollback ALTER TABLE idempotency_records DROP COLUMN consistency;
