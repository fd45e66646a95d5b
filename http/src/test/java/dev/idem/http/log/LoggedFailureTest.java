package dev.idem.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class LoggedFailureTest {

    @Test
    void aRequestInItsMessageIsOmitted() {
        EOFException failure = new EOFException(
                "closed by HttpConnection@1f[exchange{req=HttpRequest[GET /orders?token=s3cret&a=b HTTP/1.1]@2}] too early");

        assertThat(LoggedFailure.of(failure).getMessage()).isEqualTo("java.io.EOFException: closed by … too early");
    }

    @Test
    void aSentenceStaysAsItIs() {
        assertThat(LoggedFailure.of(new ConnectException("Connection refused")).getMessage())
                .isEqualTo("java.net.ConnectException: Connection refused");
        assertThat(LoggedFailure.of(new ConnectException()).getMessage()).isEqualTo("java.net.ConnectException");
    }

    @Test
    void itsCausesAreTreatedAlikeAndKeepTheirTraces() {
        IllegalStateException failure =
                new IllegalStateException("no response", new IllegalArgumentException("/orders?token=s3cret"));

        LoggedFailure logged = LoggedFailure.of(failure);

        assertThat(logged).hasStackTraceContaining("itsCausesAreTreatedAlikeAndKeepTheirTraces");
        assertThat(logged.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(logged.getCause()).hasMessage("java.lang.IllegalArgumentException: …");
    }

    @Test
    void causesInACircleEnd() {
        IllegalStateException one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));

        assertThat(LoggedFailure.of(one)).hasMessage("java.lang.IllegalStateException: one");
    }
}
