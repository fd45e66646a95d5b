package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever level an operator asks for, no header and no body is written down. */
@ExtendWith(ServersExtension.class)
final class LogLevelIT {
    private static RunningService service;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
    }

    @AfterAll
    static void stop() throws Exception {
        set("ROOT", "INFO");
        service.close();
    }

    private static String set(String logger, String level) throws Exception {
        Api admin = Api.at(service.support().getAdminPort());
        return admin.send(admin.request("/tasks/log-level?logger=" + logger + "&level=" + level)
                        .POST(BodyPublishers.noBody())
                        .build())
                .body();
    }

    private static boolean writesDown(String logger) {
        return ((Logger) LoggerFactory.getLogger(logger)).isDebugEnabled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.eclipse.jetty",
                "org.eclipse.jetty.http.HttpParser",
                "org.eclipse.jetty.client",
                "org.postgresql",
                "org.glassfish.jersey.logging"
            })
    void whatWritesDownHeadersAndBodiesStaysAtInfo(String logger) throws Exception {
        assertThat(set(logger, "TRACE")).contains("Kept at INFO", logger);
        assertThat(writesDown(logger)).isFalse();
    }

    @Test
    void theRootMaySayMoreAndTheWiresDoNot() throws Exception {
        set("ROOT", "TRACE");

        assertThat(writesDown("dev.idem.core.engine")).isTrue();
        assertThat(writesDown("org.eclipse.jetty.server.internal.HttpConnection"))
                .isFalse();
        assertThat(writesDown("org.postgresql.core.v3.QueryExecutorImpl")).isFalse();
    }

    @Test
    void ourOwnLoggersMaySayMore() throws Exception {
        assertThat(set("dev.idem.core", "DEBUG")).doesNotContain("Kept at INFO");
        assertThat(writesDown("dev.idem.core.engine")).isTrue();
    }
}
