-- Sets the timeout for the current transaction, in milliseconds.
SELECT set_config('statement_timeout', :ms, true)
