-- Frees the key of a held request, unless the record changed since the operator saw it. It does not matter which store is the
-- authoritative one.
DELETE FROM idempotency_records
WHERE scope = :scope AND key = :key AND owner = :owner AND answer = :unknown
