package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.authority.Installation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
final class InstallationIT {
    private final TestDatabase place;
    private final MigratedDatabase database;

    InstallationIT(TestDatabase place) {
        this.place = place;
        this.database = new MigratedDatabase(place);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDatabaseIsAlwaysTheSameAndSaysWhereItIs() {
        Installation installation = of(database.jdbi());

        assertThat(of(Jdbi.create(place.jdbcUrl()))).isEqualTo(installation);
        assertThat(installation.database()).matches("\\w+ on [0-9.:]+");
    }

    @Test
    void aCopyOfItIsAnother() {
        Installation installation = of(database.jdbi());
        String name = database.jdbi().withHandle(handle -> handle.select("SELECT current_database()")
                .mapTo(String.class)
                .one());
        database.close();

        Jdbi server = Jdbi.create(place.jdbcUrl().replace("/" + name, "/postgres"));
        server.useHandle(handle -> handle.execute("CREATE DATABASE " + name + "_copy TEMPLATE " + name));
        try {
            Installation other = of(Jdbi.create(place.jdbcUrl().replace("/" + name, "/" + name + "_copy")));

            assertThat(other.is(installation)).isFalse();
            assertThat(other.database()).startsWith(name + "_copy");
        } finally {
            server.useHandle(handle -> handle.execute("DROP DATABASE " + name + "_copy"));
        }
    }

    @Test
    void aRoleThatMayNotAskForTheServersIdentityKnowsTheRest() {
        String whole = of(database.jdbi()).id();
        database.jdbi().useTransaction(handle -> {
            handle.execute("CREATE ROLE nobody_in_particular");
            handle.execute("GRANT SELECT ON idempotency_installation TO nobody_in_particular");
            handle.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
            handle.execute("SET LOCAL ROLE nobody_in_particular");

            String known = of(Jdbi.create(handle.getConnection())).id();
            assertThat(known).matches("[0-9a-f-]{36}/[0-9]+");
            assertThat(whole).matches(known + "/[0-9]+");
            handle.rollback();
        });
    }

    private static Installation of(Jdbi jdbi) {
        return new PostgresDurableStore(jdbi).installation();
    }
}
