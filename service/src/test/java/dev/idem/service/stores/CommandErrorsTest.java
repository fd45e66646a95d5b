package dev.idem.service.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import dev.idem.dropwizard.task.TaskFailedException;
import dev.idem.service.log.SentencesOnly;
import io.dropwizard.servlets.tasks.TaskServlet;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

final class CommandErrorsTest {

    private static Throwable startOn(String host, int port) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        Throwable failure = catchThrowable(server::start);
        server.stop();
        return failure;
    }

    @Test
    void aPortThatIsTakenIsASentenceWithItsAddress() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(CommandErrors.sentence(startOn("127.0.0.1", taken.getLocalPort())))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("127.0.0.1:" + taken.getLocalPort()
                                    + ": Address already in use. Set another port"));
        }
    }

    @Test
    void soIsAnAddressThatThisMachineLacks() throws Exception {
        assertThat(CommandErrors.sentence(startOn("192.0.2.1", 0))).isPresent();
        assertThat(CommandErrors.sentence(startOn("no-such-host.invalid", 0))).isPresent();
    }

    @Test
    void aDefectIsNot() {
        assertThat(CommandErrors.sentence(new IllegalStateException("x"))).isEmpty();
        assertThat(CommandErrors.sentence(new StartupException("run: idem-admin migrate")))
                .contains("run: idem-admin migrate");
    }

    @Test
    void theLogDoesNotRepeatASentenceWithAStackTrace() {
        LoggerContext context = new LoggerContext();
        SentencesOnly filter = new SentencesOnly(StartupException.class::isInstance);
        ch.qos.logback.classic.Logger command = context.getLogger("io.dropwizard.core.cli.ServerCommand");

        assertThat(filter.decide(null, command, Level.ERROR, "Unable to start server", null, new StartupException("x")))
                .isEqualTo(FilterReply.DENY);
        assertThat(filter.decide(null, command, Level.ERROR, "Unable to start server", null, new Error("x")))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(filter.decide(
                        null, context.getLogger("dev.idem"), Level.ERROR, "x", null, new StartupException("x")))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void whatATaskSaysIsOneLine() {
        LoggerContext context = new LoggerContext();
        context.addTurboFilter(new SentencesOnly(failure -> false));
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        ch.qos.logback.classic.Logger tasks = context.getLogger(TaskServlet.class);
        tasks.addAppender(lines);

        tasks.error("Error running {}", "gc", new TaskFailedException("postgresql is unavailable"));
        tasks.error("Error running {}", "gc", new IllegalStateException("x"));

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.get(0).getFormattedMessage()).isEqualTo("A task failed: postgresql is unavailable");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
        assertThat(lines.list.get(1).getThrowableProxy()).isNotNull();
    }
}
