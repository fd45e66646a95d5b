-- Counts what one moment shows, so that no record counts twice. Before any other statement of its transaction.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ
