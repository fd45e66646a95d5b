-- Ends the statements of this transaction that take longer.
SELECT set_config('statement_timeout', :limit, true)
