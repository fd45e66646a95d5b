--liquibase formatted sql logicalFilePath:dev/idem/test/later-index.sql

--changeset idem:later-index runInTransaction:false
--comment: as a later release may add an index to a large table
DROP INDEX CONCURRENTLY IF EXISTS idempotency_records_route;
CREATE INDEX CONCURRENTLY idempotency_records_route ON idempotency_records (route);
--rollback DROP INDEX CONCURRENTLY idempotency_records_route;
