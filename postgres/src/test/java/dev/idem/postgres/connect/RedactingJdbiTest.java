package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

final class RedactingJdbiTest {
    private static final ConnectionFactory NO_DATABASE = () -> {
        throw new SQLException("there is none");
    };

    @Test
    void whatOneInstanceHasParsedNoOtherParsesAgain() {
        assertThat(parserOfANewInstance()).isSameAs(parserOfANewInstance());
    }

    private static SqlParser parserOfANewInstance() {
        return RedactingJdbi.on(NO_DATABASE).getConfig(SqlStatements.class).getSqlParser();
    }
}
