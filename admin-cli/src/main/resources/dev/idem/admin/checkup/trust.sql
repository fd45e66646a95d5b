-- Whether Redis decides for fast routes.
SELECT trusted FROM idempotency_trust
