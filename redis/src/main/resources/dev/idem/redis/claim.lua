-- Looks a record up and takes it if it is free, stale, already the caller's, or an answer whose window is over: one
-- step, by Redis's clock.
-- "generation" is defined by a line that is put before this text.
-- KEYS[1] the record    KEYS[2] the marker of its bucket
-- ARGV[1] fingerprint (32 bytes)    ARGV[2] owner (16 bytes)
-- ARGV[3] lock time-out, ms    ARGV[4] time to live, ms    ARGV[5] origin (opaque, up to 64 KiB)
-- ARGV[6] window, ms, 0 for none    ARGV[7] '1' if the caller has found the request running before
-- Returns {'A', fencing, attempt} acquired, {'R', value, remaining life in ms} replay, {'F', since in us} in flight, {'K'} key reused,
-- {'U'} when Redis does not decide.
--
-- The value, version 1, integers big-endian (RecordCodec.java is the other side of it):
--   1 version | 2 state P or C | 3-18 owner | 19-50 fingerprint | 51-58 fencing | 59-62 attempt | 63-70 claimed us
--   71-78 heartbeat us | 79-86 lock time-out ms | 87-94 completed us, 0 for not | 95-102 window ms, 0 for none
--   103-104 length of origin | origin | answer
local held = redis.call('MGET', KEYS[2], KEYS[1])
if held[1] ~= generation then
  return {'U'}
end
local fingerprint, owner, lockTimeout, ttl, origin = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local fencing, attempt = now, 1

local value = held[2]
if value then
  if string.byte(value, 1) ~= 1 then
    return redis.error_reply('IDEM a record of version ' .. string.byte(value, 1) .. ' needs a newer release')
  end
  if string.sub(value, 19, 50) ~= fingerprint then
    return {'K'}
  end
  local heldFencing, heldAttempt, since, heartbeat, heldTimeout, _, window =
    struct.unpack('>I8I4I8I8I8I8I8', value, 51)
  fencing = math.max(heldFencing + 1, now)
  if string.sub(value, 2, 2) == 'C' then
    if window == 0 or ARGV[7] == '1' or now <= since + window * 1000 then
      return {'R', value, redis.call('PTTL', KEYS[1])}
    end
  else
    if string.sub(value, 3, 18) == owner then
      return {'A', heldFencing, heldAttempt}
    end
    if now - heartbeat <= heldTimeout * 1000 then
      return {'F', since}
    end
    attempt = heldAttempt + 1
  end
end

-- While it is processed a record outlives every heartbeat that may still come: it must never expire under its owner.
redis.call('SET', KEYS[1],
  '\1P' .. owner .. fingerprint
    .. struct.pack('>I8I4I8I8I8I8I8', fencing, attempt, now, now, lockTimeout, 0, ARGV[6])
    .. struct.pack('>I2', #origin) .. origin,
  'PX', ttl + lockTimeout)
return {'A', fencing, attempt}
