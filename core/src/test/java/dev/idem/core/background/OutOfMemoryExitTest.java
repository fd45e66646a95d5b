package dev.idem.core.background;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.idem.verification.support.JavaCommand;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryExitTest {

    @Test
    void whatTheVirtualMachineLacksMaims() {
        assertThat(OutOfMemoryExit.maims(new OutOfMemoryError())).isTrue();
        assertThat(OutOfMemoryExit.maims(new InternalError())).isTrue();
        assertThat(OutOfMemoryExit.maims(new UnknownError())).isTrue();
    }

    @Test
    void whatAStrangerMayCauseDoesNot() {
        assertThat(OutOfMemoryExit.maims(new StackOverflowError())).isFalse();
        assertThat(OutOfMemoryExit.maims(new NoClassDefFoundError())).isFalse();
        assertThat(OutOfMemoryExit.maims(new IllegalStateException())).isFalse();
    }

    @Test
    void afterAllElseTheProcessLivesOn() {
        IllegalStateException circle = new IllegalStateException();
        circle.initCause(new CompletionException(circle));

        assertThatCode(() -> OutOfMemoryExit.haltAfter(circle)).doesNotThrowAnyException();
        assertThatCode(() -> OutOfMemoryExit.haltAfter(new StackOverflowError()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"round", "loop", "thread", "cause", "array"})
    void aProcessWithoutMemoryEndsWithALine(String way) throws Exception {
        Process process = new ProcessBuilder(
                        JavaCommand.ofClass(OutOfMemory.class).withHeap("16m").with(way))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();

            assertThat(process.exitValue()).isEqualTo(OutOfMemoryExit.STATUS);
            assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).lines())
                    .filteredOn(line -> line.contains("has run out of memory"))
                    .singleElement()
                    .asString()
                    .contains("-Xmx");
        } finally {
            process.destroyForcibly();
        }
    }
}
