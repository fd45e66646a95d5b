package dev.idem.conformance;

import dev.idem.conformance.profile.Profile;
import dev.idem.core.record.Consistency;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A policy can be written for each source's rules. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
final class OtherProfilesIT {

    @TestFactory
    Stream<DynamicTest> ietf(TestRedis redis, TestDatabase database) throws Exception {
        return way(redis, database, Profile.IETF);
    }

    @TestFactory
    Stream<DynamicTest> stripe(TestRedis redis, TestDatabase database) throws Exception {
        return way(redis, database, Profile.STRIPE_V1);
    }

    @TestFactory
    Stream<DynamicTest> azure(TestRedis redis, TestDatabase database) throws Exception {
        return way(redis, database, Profile.AZURE);
    }

    private static Stream<DynamicTest> way(TestRedis redis, TestDatabase database, Profile profile) throws Exception {
        return new Way(Databases.stores(redis, database), Consistency.FAST, profile).tests();
    }
}
