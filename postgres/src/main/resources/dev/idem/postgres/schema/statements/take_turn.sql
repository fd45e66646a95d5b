-- Held until the connection lets it go or ends, so that nobody's death leaves it behind, as it may Liquibase's own lock.
SELECT pg_advisory_lock(hashtext('dev.idem.postgres.schema'))
