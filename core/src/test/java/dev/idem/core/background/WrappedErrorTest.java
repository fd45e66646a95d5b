package dev.idem.core.background;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WrappedErrorTest {

    static Error[] errors() {
        return new Error[] {new OutOfMemoryError("test"), new StackOverflowError(), new NoClassDefFoundError("test")};
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorAmongTheCausesIsThrown(Error error) {
        assertThatThrownBy(() -> WrappedError.throwIfIn(new IllegalStateException(new IOException(error))))
                .isSameAs(error);
    }

    @Test
    void anExceptionWithoutOneIsLeft() {
        assertThatCode(() -> WrappedError.throwIfIn(new IllegalStateException(new IOException("refused"))))
                .doesNotThrowAnyException();
    }
}
