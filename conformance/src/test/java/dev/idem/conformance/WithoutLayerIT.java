package dev.idem.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.conformance.app.ProbeServer;
import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Result;
import dev.idem.conformance.suite.Suite;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite notices when a server does nothing about repeats: only what should be so anyway passes. */
@ExtendWith(ServersExtension.class)
final class WithoutLayerIT {
    private static final String SHOULD_PASS_ANYWAY = """
            body-binary body-empty body-empty-in-chunks body-form body-in-chunks body-whole caller-other
            caller-other-body in-flight-other-key in-flight-other-user
            in-flight-trickle-with-different-keys key-case-matters key-control-character
            key-delete-character key-escape-character key-null-character keyless-after-window
            keyless-and-keyed keyless-failure keyless-no-key-in-answer keyless-other-body
            keyless-other-method keyless-other-path keyless-other-query keyless-other-user method-get
            method-get-after-post method-get-with-malformed-key method-head method-options outcome-408
            outcome-412 outcome-425 outcome-429 outcome-500 outcome-501 outcome-502 outcome-503
            outcome-504 outcome-507 outcome-exception outcome-unwritable replay-other-keys
            reuse-after-failure unreached-404 unreached-405 unreached-406 unreached-415
            """;

    /** Without a layer they wait for an answer until their patience is over. */
    private static final Set<String> ENDLESS =
            Set.of("in-flight-too-long", "problem-request-in-progress", "caller-nobody-in-flight", "reuse-in-flight");

    @Test
    void aServerWithoutALayerFailsAllButWhatShouldPassAnyway(TestRedis redis, TestDatabase database) throws Exception {
        try (ProbeServer server = ProbeServer.startWithoutLayer(Databases.stores(redis, database))) {
            List<Case> cases = Catalogue.cases().stream()
                    .filter(one -> !ENDLESS.contains(one.id()))
                    .toList();
            List<Result> results = new Suite(cases).run(server.description(), Profile.OURS, 16);

            assertThat(results)
                    .filteredOn(Result.Passed.class::isInstance)
                    .extracting(result -> result.of().id())
                    .containsExactlyInAnyOrder(SHOULD_PASS_ANYWAY.split("\\s+"));
        }
    }
}
