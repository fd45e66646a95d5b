-- Takes the migration lock, if it is free, until the connection releases it or ends. Unlike Liquibase's own lock, it does not survive
-- its owner. It does not wait, because a waiting statement holds a snapshot. CREATE INDEX CONCURRENTLY of the migration that has the
-- lock would wait for that.
SELECT pg_try_advisory_lock(hashtext('dev.idem.postgres.schema'))
