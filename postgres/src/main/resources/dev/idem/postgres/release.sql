-- Frees the key of a request whose outcome was unknown, unless the record changed since it was seen, whoever decides.
DELETE FROM idempotency_records
WHERE scope = :scope AND key = :key AND owner = :owner AND answer = :unknown
