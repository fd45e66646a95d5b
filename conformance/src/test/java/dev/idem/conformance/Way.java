package dev.idem.conformance;

import dev.idem.conformance.app.ProbeServer;
import dev.idem.conformance.app.Stores;
import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Need;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A way to run the application: on these stores, with this consistency, under this profile. */
record Way(Stores stores, Consistency consistency, Profile profile) {
    private static final Duration LONG = Duration.ofHours(24);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Predicate<Case> ABOUT_EXPIRY = one -> one.needs().contains(Need.SHORT_TTL);

    /** Runs all cases; those about expiry, meanwhile, against a second node whose answers are soon forgotten. */
    Stream<DynamicTest> tests() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Stream<DynamicTest>> aboutExpiry = thread.submit(() -> tests(SHORT, ABOUT_EXPIRY));
            return Stream.concat(tests(LONG, ABOUT_EXPIRY.negate()), aboutExpiry.get());
        } finally {
            thread.shutdownNow();
        }
    }

    private Stream<DynamicTest> tests(Duration ttl, Predicate<Case> which) throws Exception {
        List<Case> cases = Catalogue.cases().stream().filter(which).toList();
        try (ProbeServer server = ProbeServer.start(stores, profile, consistency, ttl)) {
            return CaseTests.of(cases, server.description(), profile);
        }
    }
}
