--liquibase formatted sql

--changeset idem:012-refill-turn
--comment: a lease for the node that refills Redis; a lock of its session would not survive a pooler
SET LOCAL lock_timeout = '2s';
ALTER TABLE idempotency_trust ADD COLUMN refill_owner uuid, ADD COLUMN refill_until timestamptz;
COMMENT ON COLUMN idempotency_trust.refill_owner IS 'The turn of the node that refills Redis; null while none does';
COMMENT ON COLUMN idempotency_trust.refill_until IS 'When that turn ends, unless the node renews it';
--rollback ALTER TABLE idempotency_trust DROP COLUMN refill_owner, DROP COLUMN refill_until;

--changeset idem:012-idempotency-pass splitStatements:false
--comment: finds its table whatever search_path the caller has
DO $$
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION %1$s.idempotency_pass() RETURNS bigint LANGUAGE sql VOLATILE AS %2$L',
        (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = 'idempotency_trust'::regclass),
        format('
    SELECT pg_advisory_xact_lock_shared(hashtext(''idempotency_trust''));
    SELECT pass FROM %s.idempotency_trust WHERE NOT trusted;
', (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = 'idempotency_trust'::regclass)));
END $$;
--rollback CREATE OR REPLACE FUNCTION idempotency_pass() RETURNS bigint LANGUAGE sql VOLATILE AS ' SELECT pg_advisory_xact_lock_shared(hashtext(''idempotency_trust'')); SELECT pass FROM idempotency_trust WHERE NOT trusted; ';
