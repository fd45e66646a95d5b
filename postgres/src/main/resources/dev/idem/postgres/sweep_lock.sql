-- Lets one node sweep at a time. Holds the lock until the transaction ends; false if another node holds it.
SELECT pg_try_advisory_xact_lock(hashtext('idempotency_records sweep'))
