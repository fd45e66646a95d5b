-- Whether there are more records than may be examined, of all scopes. Reads those that newest_recent.sql reads, and one more.
SELECT count(*) > :examined
FROM (SELECT
      FROM idempotency_records
      WHERE expires_at > clock_timestamp()
      ORDER BY expires_at DESC
      LIMIT :examined + 1) AS recent
