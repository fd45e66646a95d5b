-- Counts the held records, :limit at the most, by the index on them: the condition is the index's own.
SELECT count(*)
FROM (SELECT 1
      FROM idempotency_records
      WHERE answer = decode('014e02', 'hex')
        AND expires_at > clock_timestamp()
      LIMIT :limit) AS held
