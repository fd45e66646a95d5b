--liquibase formatted sql logicalFilePath:dev/idem/core/schema/004-idempotency-trust.sql

--changeset idem:004-idempotency-trust splitStatements:false
--comment: whether Redis may decide, and what it must be told before it may again
CREATE TABLE idempotency_trust (
    only_row      boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    generation    uuid        NOT NULL,
    trusted       boolean     NOT NULL,
    pass          bigint      NOT NULL,
    settled_pass  bigint      NOT NULL,
    blocked_until timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    changed_by    text        NOT NULL
);
INSERT INTO idempotency_trust (generation, trusted, pass, settled_pass, blocked_until, changed_at, changed_by)
VALUES (gen_random_uuid(), false, 1, 0, now(), now(), 'migration');
COMMENT ON TABLE idempotency_trust IS 'One row: which store decides';
COMMENT ON COLUMN idempotency_trust.generation IS 'The life of Redis that is trusted, was last, or is being prepared';
COMMENT ON COLUMN idempotency_trust.trusted IS 'True: Redis decides. False: this database does';
COMMENT ON COLUMN idempotency_trust.pass IS 'Grows: rows that this database decides carry it, so that Redis can be told of them';
COMMENT ON COLUMN idempotency_trust.settled_pass IS 'Rows up to this pass have been told to a Redis that was trusted';
COMMENT ON COLUMN idempotency_trust.blocked_until IS 'Redis is not trusted again before: some node cannot reach it';

-- The pass, while this database decides; null while Redis does. Holds off the moment at which Redis takes over until the
-- caller's transaction ends. Volatile, so that its second statement sees what was committed while its first one waited.
CREATE FUNCTION idempotency_pass() RETURNS bigint LANGUAGE sql VOLATILE AS '
    SELECT pg_advisory_xact_lock_shared(hashtext(''idempotency_trust''));
    SELECT pass FROM idempotency_trust WHERE NOT trusted;
';

ALTER TABLE idempotency_records ADD COLUMN refill_pass bigint;
CREATE INDEX idempotency_records_refill_pass ON idempotency_records (refill_pass, scope, key) WHERE refill_pass IS NOT NULL;
COMMENT ON COLUMN idempotency_records.refill_pass IS 'The pass in which this database decided it; null when Redis did';
--rollback DROP INDEX idempotency_records_refill_pass; ALTER TABLE idempotency_records DROP COLUMN refill_pass; DROP FUNCTION idempotency_pass; DROP TABLE idempotency_trust;
