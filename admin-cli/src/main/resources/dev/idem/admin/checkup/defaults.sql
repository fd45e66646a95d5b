-- What every new session of this user in this database begins with, where that is not PostgreSQL's own default. reset_val, since
-- this transaction has set some of them for itself.
SELECT name || ' = ' || CASE WHEN reset_val = '' THEN '''''' ELSE reset_val || coalesce(unit, '') END
FROM pg_settings
WHERE name IN ('default_transaction_isolation', 'default_transaction_read_only', 'default_transaction_deferrable',
               'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
               'transaction_timeout', 'search_path')
  AND reset_val IS DISTINCT FROM boot_val
ORDER BY name
