package dev.idem.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.conformance.app.ProbeServer;
import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Result;
import dev.idem.conformance.suite.Suite;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite notices when a server does nothing about repeats: only what should execute anyway passes. */
@ExtendWith(ServersExtension.class)
final class WithoutLayerIT {
    private static final List<String> SHOULD_EXECUTE_ANYWAY = List.of();

    @Test
    void aServerWithoutALayerFailsAllButWhatShouldExecuteAnyway(TestRedis redis, TestDatabase database)
            throws Exception {
        try (ProbeServer server = ProbeServer.startWithoutLayer(Databases.stores(redis, database))) {
            List<Result> results = new Suite(Catalogue.cases()).run(server.description(), Profile.OURS, 16);

            assertThat(results)
                    .filteredOn(Result.Passed.class::isInstance)
                    .extracting(result -> result.of().id())
                    .containsExactlyInAnyOrderElementsOf(SHOULD_EXECUTE_ANYWAY);
        }
    }
}
