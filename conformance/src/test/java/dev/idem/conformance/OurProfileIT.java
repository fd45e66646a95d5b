package dev.idem.conformance;

import dev.idem.conformance.app.Stores;
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

/** What the project promises holds whichever stores there are, and whichever decides. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
final class OurProfileIT {

    @TestFactory
    Stream<DynamicTest> onBothStoresFast(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database), Consistency.FAST);
    }

    @TestFactory
    Stream<DynamicTest> onBothStoresStrict(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database), Consistency.STRICT);
    }

    @TestFactory
    Stream<DynamicTest> onPostgresqlAloneFast(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database).withoutRedis(), Consistency.FAST);
    }

    @TestFactory
    Stream<DynamicTest> onPostgresqlAloneStrict(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database).withoutRedis(), Consistency.STRICT);
    }

    @TestFactory
    Stream<DynamicTest> inMemoryAloneFast(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database).withoutRedis().withoutDatabase(), Consistency.FAST);
    }

    @TestFactory
    Stream<DynamicTest> inMemoryAloneStrict(TestRedis redis, TestDatabase database) throws Exception {
        return way(Databases.stores(redis, database).withoutRedis().withoutDatabase(), Consistency.STRICT);
    }

    private static Stream<DynamicTest> way(Stores stores, Consistency consistency) throws Exception {
        return new Way(stores, consistency, Profile.OURS).tests();
    }
}
