-- Waits until every statement that decides in PostgreSQL has been committed, and makes new ones wait until this transaction
-- ends. It is the counterpart of idempotency_pass(). Both queue for the lock, so neither starves.
SELECT pg_advisory_xact_lock(hashtext('idempotency_trust'))
