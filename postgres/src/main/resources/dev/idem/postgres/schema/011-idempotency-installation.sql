--liquibase formatted sql

--changeset idem:011-idempotency-installation
--comment: by which a Redis knows whose it is
CREATE TABLE idempotency_installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id       uuid    NOT NULL
);
INSERT INTO idempotency_installation (id) VALUES (gen_random_uuid());
COMMENT ON TABLE idempotency_installation IS 'One row: the installation of this database';
--rollback DROP TABLE idempotency_installation;
