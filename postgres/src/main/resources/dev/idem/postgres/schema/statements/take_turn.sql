-- Takes the migration lock until the connection releases it or ends. Unlike Liquibase's own lock, it does not survive its owner.
SELECT pg_advisory_lock(hashtext('dev.idem.postgres.schema'))
