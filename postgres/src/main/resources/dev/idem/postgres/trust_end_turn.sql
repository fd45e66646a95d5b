SELECT pg_advisory_unlock(hashtext('idempotency_trust refill'))
