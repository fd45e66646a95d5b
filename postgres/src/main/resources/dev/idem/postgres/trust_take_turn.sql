-- Lets one node refill at a time. Holds the lock until it is released or the connection ends; false if another node holds it.
SELECT pg_try_advisory_lock(hashtext('idempotency_trust refill'))
