-- One node refills at a time: held until it is given back or the connection ends, false when another node has it.
SELECT pg_try_advisory_lock(hashtext('idempotency_trust refill'))
