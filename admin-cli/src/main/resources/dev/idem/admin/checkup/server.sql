-- What the server is, and whether it keeps what it has confirmed.
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::integer AS number,
       current_setting('transaction_read_only') AS read_only,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('fsync') AS fsync
