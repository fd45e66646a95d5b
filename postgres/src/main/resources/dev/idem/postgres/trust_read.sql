-- The authoritative store, and the state that a refill needs.
SELECT generation, trusted, pass, settled_pass, blocked_until > clock_timestamp() AS blocked
FROM idempotency_trust
