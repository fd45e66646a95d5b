-- Which store decides, and what a refill has to know.
SELECT generation, trusted, pass, settled_pass, blocked_until > clock_timestamp() AS blocked
FROM idempotency_trust
