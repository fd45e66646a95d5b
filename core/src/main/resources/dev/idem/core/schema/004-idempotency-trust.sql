--liquibase formatted sql logicalFilePath:dev/idem/core/schema/004-idempotency-trust.sql

--changeset idem:004-idempotency-trust
--comment: whether Redis may decide, and what it must be told before it may again
CREATE TABLE idempotency_trust (
    only_row      boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    generation    uuid        NOT NULL,
    trusted       boolean     NOT NULL,
    pass          bigint      NOT NULL,
    blocked_until timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    changed_by    text        NOT NULL
);
INSERT INTO idempotency_trust (generation, trusted, pass, blocked_until, changed_at, changed_by)
VALUES (gen_random_uuid(), false, 1, now(), now(), 'migration');
ALTER TABLE idempotency_records ADD COLUMN refill_pass bigint;
CREATE INDEX idempotency_records_refill_pass ON idempotency_records (refill_pass) WHERE refill_pass IS NOT NULL;
COMMENT ON TABLE idempotency_trust IS 'One row: which store decides. Read FOR SHARE by every statement that decides here';
COMMENT ON COLUMN idempotency_trust.generation IS 'The life of Redis that is, or was last, trusted';
COMMENT ON COLUMN idempotency_trust.trusted IS 'True: Redis decides. False: this database does';
COMMENT ON COLUMN idempotency_trust.pass IS 'Grows: rows written while this database decides carry it, so that Redis can be told of them';
COMMENT ON COLUMN idempotency_trust.blocked_until IS 'Redis is not trusted again before: some node cannot reach it';
COMMENT ON COLUMN idempotency_records.refill_pass IS 'The pass in which this database decided it; null when Redis did';
--rollback DROP INDEX idempotency_records_refill_pass;
--rollback ALTER TABLE idempotency_records DROP COLUMN refill_pass;
--rollback DROP TABLE idempotency_trust;
