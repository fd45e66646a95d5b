-- The system identifier of this server; its replicas have the same.
SELECT system_identifier FROM pg_control_system()
