-- One node at a time sweeps: held to the end of the transaction, false when another node has it.
SELECT pg_try_advisory_xact_lock(hashtext('idempotency_records sweep'))
