package dev.idem.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b0e7a54-52a1-4a5b-9d54-2f0b8c2b6d11",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl",
                "order-4711",
                "\"4111111111111111\"",
                "(hunter2)",
                "an.identifier.of.nothing.but.letters"
            })
    void aKeyOrATokenIsOmitted(String secret) {
        assertThat(LoggedFailure.of(new EOFException("closed after 30000 ms (early): " + secret + " was it.")))
                .hasMessage("java.io.EOFException: closed after 30000 ms (early): … was it.");
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(LoggedFailure.of(new EOFException("x".repeat(1_000_000)))).hasMessage("java.io.EOFException: …");
        assertThat(LoggedFailure.of(new EOFException("a word ".repeat(1_000))).getMessage())
                .hasSizeLessThan(1_100)
                .endsWith("…");
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
