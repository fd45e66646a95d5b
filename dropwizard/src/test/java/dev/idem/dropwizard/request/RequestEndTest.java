package dev.idem.dropwizard.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.JavaCommand;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestEndTest {
    @Test
    void anApplicationWhoseResourceRunsOutOfMemoryEnds() throws Exception {
        Process process = new ProcessBuilder(
                        JavaCommand.ofClass(OutOfMemory.class).withHeap("32m").with())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(process.exitValue()).as(said).isEqualTo(3);
            assertThat(said).contains("has run out of memory");
        } finally {
            process.destroyForcibly();
        }
    }
}
