--liquibase formatted sql

--changeset idem:014-held-records runInTransaction:false
--comment: requests of which nobody knows whether they took effect, which operators list and count
-- The answer that stands for an unknown outcome (AnswerCodec). A function instead of a literal, which not every server reads alike.
DROP INDEX CONCURRENTLY IF EXISTS idempotency_records_held;
CREATE INDEX CONCURRENTLY idempotency_records_held ON idempotency_records (scope, key) WHERE answer = decode('014e02', 'hex');
--rollback DROP INDEX CONCURRENTLY IF EXISTS idempotency_records_held;
