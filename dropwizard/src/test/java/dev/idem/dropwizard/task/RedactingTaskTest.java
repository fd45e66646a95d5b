package dev.idem.dropwizard.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedactingTaskTest {
    private static void run(Exception failure) throws Exception {
        new RedactingTask(new Task("failing") {
                    @Override
                    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws Exception {
                        throw failure;
                    }
                })
                .execute(Map.of(), new PrintWriter(new StringWriter()));
    }

    @Test
    void whatALibrarySaysIsForTheLog() {
        assertThatThrownBy(() -> run(new IllegalStateException("password=42")))
                .isInstanceOf(TaskFailedException.class)
                .hasNoCause()
                .hasMessageMatching("The task failed\\. The log says why, at urn:uuid:[0-9a-f-]{36}\\.");
    }

    @Test
    void whatATaskItselfSaysIsForWhoeverAsks() {
        assertThatThrownBy(() -> run(new TaskFailedException("gateway.routes[0].prefix must be …")))
                .hasMessage("gateway.routes[0].prefix must be …")
                .hasNoCause()
                .satisfies(failure -> assertThat(failure.getStackTrace()).isEmpty());
    }
}
