-- Waits until every statement that decides here has been committed, and lets new ones wait until this transaction ends:
-- the other side of idempotency_pass(). Both sides queue, so that neither starves.
SELECT pg_advisory_xact_lock(hashtext('idempotency_trust'))
