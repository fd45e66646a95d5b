-- Removes a record whatever its state.
DELETE FROM idempotency_records WHERE scope = :scope AND key = :key
