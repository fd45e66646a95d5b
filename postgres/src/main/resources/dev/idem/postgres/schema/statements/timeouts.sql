-- What an administrator may have set to end long statements, transactions or idle sessions. In base units, so that set_config()
-- restores them.
SELECT name, setting FROM pg_settings
WHERE name IN ('statement_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
