package dev.idem.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.report.Summary;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Result;
import dev.idem.conformance.suite.Suite;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Results as tests, a test for each case. */
final class CaseTests {
    private static final int PARALLEL = 16;

    private CaseTests() {}

    /** Runs cases, prints what came of them, and makes a test of each result. */
    static Stream<DynamicTest> of(List<Case> cases, Server server, Profile profile) throws InterruptedException {
        List<Result> results = new Suite(cases).run(server, profile, PARALLEL);
        new Summary(profile, results).print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(result.of().id(), () -> judge(result, profile)));
    }

    private static void judge(Result result, Profile profile) {
        if (result instanceof Result.Skipped skipped) {
            abort(skipped.reason());
        } else if (result instanceof Result.Failed failed) {
            fail("%s (%s): expected %s, got %s%n%s"
                    .formatted(
                            failed.of().title(),
                            failed.of().expectation(profile),
                            failed.expected(),
                            failed.got(),
                            String.join("\n", failed.transcript())));
        }
    }
}
