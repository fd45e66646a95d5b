--liquibase formatted sql logicalFilePath:dev/idem/core/schema/007-idempotency-events.sql

--changeset idem:007-idempotency-events splitStatements:false
--comment: what happened, for those who ask later
CREATE SEQUENCE idempotency_events_id;
CREATE TABLE idempotency_events (
    id      bigint      NOT NULL DEFAULT nextval('idempotency_events_id'),
    at      timestamptz NOT NULL,
    type    text        NOT NULL,
    scope   text,
    key     text,
    route   text,
    layer   text,
    node    text        NOT NULL,
    fencing bigint,
    actor   text,
    reason  text,
    detail  text,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX idempotency_events_key ON idempotency_events (key, id) WHERE key IS NOT NULL;
CREATE INDEX idempotency_events_at ON idempotency_events (at);
COMMENT ON TABLE idempotency_events IS 'The audit trail, a partition a day (UTC)';
COMMENT ON COLUMN idempotency_events.at IS 'When it happened, by this database''s clock';
COMMENT ON COLUMN idempotency_events.node IS 'The process that saw it';
COMMENT ON COLUMN idempotency_events.actor IS 'Who did it, if somebody did';

-- Takes what no day's partition takes, so that no event is ever refused.
CREATE TABLE idempotency_events_other PARTITION OF idempotency_events DEFAULT;

-- Makes the partitions of today and the next days, and drops those that are older than is kept. One caller at a time; others
-- do nothing. Runs with the rights of whoever owns the tables, so that a service needs none to change them. Gives back how
-- many partitions were made and dropped.
CREATE FUNCTION idempotency_events_keep(days_ahead int, kept interval) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE
    day     date;
    name    text;
    oldest  date := (clock_timestamp() - greatest(kept, interval '1 day'))::date;
    changed int  := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('idempotency_events')) THEN
        RETURN 0;
    END IF;
    FOR ahead IN 0 .. days_ahead LOOP
        day := clock_timestamp()::date + ahead;
        name := 'idempotency_events_' || to_char(day, 'YYYYMMDD');
        IF to_regclass(name) IS NULL THEN
            -- Filled before it is attached, since the rest may hold events of that day already.
            EXECUTE format('CREATE TABLE %I (LIKE idempotency_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', name);
            EXECUTE format('WITH moved AS (DELETE FROM idempotency_events_other WHERE at >= %L AND at < %L RETURNING *)'
                || ' INSERT INTO %I SELECT * FROM moved', day, day + 1, name);
            EXECUTE format('ALTER TABLE idempotency_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, day, day + 1);
            changed := changed + 1;
        END IF;
    END LOOP;
    FOR name IN
        SELECT child.relname FROM pg_inherits
        JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = 'idempotency_events'::regclass AND child.relname ~ '^idempotency_events_[0-9]{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') < oldest
    LOOP
        EXECUTE format('DROP TABLE %I', name);
        changed := changed + 1;
    END LOOP;
    DELETE FROM idempotency_events_other WHERE at < oldest;
    RETURN changed;
END $$;
-- It drops tables, so not everybody may call it. A service whose role does not own the tables is granted it by their owner.
REVOKE EXECUTE ON FUNCTION idempotency_events_keep FROM PUBLIC;
--rollback DROP FUNCTION idempotency_events_keep; DROP TABLE idempotency_events; DROP SEQUENCE idempotency_events_id;
