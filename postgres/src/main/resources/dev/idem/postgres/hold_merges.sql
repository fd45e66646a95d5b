-- Waits for all transactions that merge, and makes new ones wait until this one ends. So a journal that writes the same record at
-- this moment has either written it, or will find the tombstone. It is the counterpart of the lock in merge.sql.
SELECT pg_advisory_xact_lock(hashtext('idempotency_tombstones'))
