-- Everybody, by address.
SELECT id, email, role, enabled, created_at FROM users ORDER BY email
