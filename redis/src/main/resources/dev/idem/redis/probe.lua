-- Writes a reserved key of a bucket and reads it back, and now and then uses every command that the layer needs. Nothing is left.
-- KEYS[1] a string    KEYS[2] a hash    KEYS[3] a sorted set    KEYS[4] a count: the reserved keys, never those of records
-- ARGV[1] what is written, new each time    ARGV[2] '1' to use every command
-- Returns {'R', what was read}, or {'X', a command that this user may not run or the server does not have}.
local LIFE = 10000 -- ms; the keys end by themselves if the script stops half-way
local steps = {
  { 'SET', KEYS[1], ARGV[1], 'PX', LIFE },
  { 'GET', KEYS[1] },
  { 'DEL', KEYS[1] },
}
local READ = 2
if ARGV[2] == '1' then
  local more = {
    { 'SET', KEYS[1], ARGV[1], 'PX', LIFE },
    { 'MGET', KEYS[1] }, { 'GETRANGE', KEYS[1], 0, 0 }, { 'STRLEN', KEYS[1] }, { 'SETRANGE', KEYS[1], 0, '1' },
    { 'PEXPIRE', KEYS[1], LIFE }, { 'PTTL', KEYS[1] },
    { 'HSET', KEYS[2], 'field', '1' }, { 'PEXPIRE', KEYS[2], LIFE }, { 'HGET', KEYS[2], 'field' }, { 'HGETALL', KEYS[2] },
    { 'HDEL', KEYS[2], 'field' },
    { 'ZADD', KEYS[3], 1, 'member' }, { 'PEXPIRE', KEYS[3], LIFE }, { 'ZRANGEBYSCORE', KEYS[3], '-inf', '+inf' },
    { 'ZREM', KEYS[3], 'member' },
    { 'INCR', KEYS[4] }, { 'DEL', KEYS[1], KEYS[4] },
    { 'TIME' }, { 'DBSIZE' }, { 'SCAN', '0', 'MATCH', KEYS[1], 'COUNT', 1 },
  }
  for _, step in ipairs(more) do
    table.insert(steps, step)
  end
end

-- What Redis 6.2, 7 and Valkey say of a renamed command and of one that an ACL denies.
local function isForbidden(error)
  for _, words in ipairs({ 'Unknown Redis command', "can't run this command", 'no permissions to run', 'NOPERM' }) do
    if string.find(error, words, 1, true) then
      return true
    end
  end
  return false
end

local read
for number, step in ipairs(steps) do
  local reply = redis.pcall(unpack(step))
  if type(reply) == 'table' and reply.err then
    return isForbidden(reply.err) and { 'X', step[1] } or reply
  end
  if number == READ then
    read = reply
  end
end
return { 'R', read }
