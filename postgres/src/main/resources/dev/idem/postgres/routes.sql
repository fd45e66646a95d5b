-- The routes that a scope's records came by.
SELECT DISTINCT route FROM idempotency_records WHERE scope = :scope
