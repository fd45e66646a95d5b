SELECT pg_advisory_unlock(hashtext('dev.idem.postgres.schema'))
