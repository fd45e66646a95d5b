-- Frees the key: no row is deleted when the lease is lost.
DELETE FROM idempotency_records
WHERE scope = :scope AND key = :key AND owner = :owner AND state = 'processing'
