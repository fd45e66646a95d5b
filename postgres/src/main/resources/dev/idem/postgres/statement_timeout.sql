-- For the present transaction. In milliseconds.
SELECT set_config('statement_timeout', :ms, true)
