-- Reads the fixed part of a record, without its answer. KEYS[1] the record
-- Returns {the value up to its origin, now in us}.
local time = redis.call('TIME')
return {readable('GETRANGE', KEYS[1], 0, ORIGIN - 2) or '', time[1] * 1000000 + time[2]}
