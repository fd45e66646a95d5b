-- Reads the heads of many records: everything but the answers, of which only the first bytes are read. Records that do not
-- match are skipped here, so that the reply is small.
-- KEYS the records, all of one bucket    ARGV[1] the first bytes of a value that matches, or an empty text
-- ARGV[2] -1, or how long the owner of a processing record must have been silent, ms: at least its own lock timeout
-- ARGV[3] how many bytes of the answer
-- Returns {now in us} and then, for each record that is there, four values: its position in KEYS, the beginning of its value,
-- the length of its value, remaining ms. What is no record has an empty beginning.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local silence = tonumber(ARGV[2])

local function matches(fixed)
  if string.byte(fixed, 1) ~= VERSION or #fixed <= ORIGIN then
    return true -- the reader says what is wrong with it
  end
  if string.sub(fixed, 1, #ARGV[1]) ~= ARGV[1] then
    return false
  end
  if silence < 0 then
    return true
  end
  local longest = math.max(silence, struct.unpack(NUMBER, fixed, LOCK_TIMEOUT))
  return string.sub(fixed, 1, OWNER - 1) == PROCESSING and now - struct.unpack(NUMBER, fixed, HEARTBEAT) > longest * 1000
end

local found = {now}
for position, key in ipairs(KEYS) do
  local fixed = readable('GETRANGE', key, 0, ORIGIN)
  if fixed == false or (fixed == '' and redis.call('PTTL', key) ~= -2) then
    local last = #found
    found[last + 1], found[last + 2], found[last + 3], found[last + 4] = position, '', 0, 0
  elseif fixed ~= '' and matches(fixed) then
    if #fixed > ORIGIN then
      local length = struct.unpack(LENGTH, fixed, ORIGIN)
      fixed = fixed .. redis.call('GETRANGE', key, ORIGIN + 1, ORIGIN + length + ARGV[3])
    end
    local last = #found
    found[last + 1], found[last + 2] = position, fixed
    found[last + 3], found[last + 4] = redis.call('STRLEN', key), redis.call('PTTL', key)
  end
end
return found
