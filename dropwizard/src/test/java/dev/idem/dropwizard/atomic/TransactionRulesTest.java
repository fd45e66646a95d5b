package dev.idem.dropwizard.atomic;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a method's transaction is said when the application starts. */
final class TransactionRulesTest {
    private final TransactionRules rules = new TransactionRules(Map.of(Number.class, 1L, Appendable.class, 2L));

    @ParameterizedTest
    @ValueSource(strings = {"handle", "connection", "participant"})
    void aMethodThatIsNotAtomicTakesNoTransaction(String name) {
        assertThatThrownBy(() -> rules.requireNotAtomic(method(name), Isolation.DEFAULT, type -> false))
                .hasMessageContaining("takes the request's transaction (")
                .hasMessageContaining("it must be POST, PUT, PATCH or DELETE, and @Idempotent(atomic = true)");
    }

    @Test
    void whatTheApplicationPassesItselfIsItsOwn() {
        assertThatCode(() -> rules.requireNotAtomic(method("marked"), Isolation.DEFAULT, type -> false))
                .doesNotThrowAnyException();
        assertThatCode(() -> rules.requireNotAtomic(method("own"), Isolation.DEFAULT, type -> false))
                .doesNotThrowAnyException();
        assertThatCode(() -> rules.requireAtomic(method("own"), Made.class)).doesNotThrowAnyException();
    }

    @Test
    void whatTheApplicationInjectsItselfStays() {
        assertThatCode(() -> rules.requireNotAtomic(method("connection"), Isolation.DEFAULT, Connection.class::equals))
                .doesNotThrowAnyException();
    }

    @Test
    void anIsolationNeedsATransaction() {
        assertThatThrownBy(() -> rules.requireNotAtomic(method("own"), Isolation.SERIALIZABLE, type -> false))
                .hasMessageContaining("has isolation = SERIALIZABLE and no transaction: write"
                        + " @Idempotent(atomic = true, isolation = …), or remove isolation");
    }

    @ParameterizedTest
    @ValueSource(classes = {InAField.class, InAConstructor.class, InAnInjectedConstructor.class, InASetter.class})
    void aTransactionIsOfferedToMethodsOnly(Class<?> resource) {
        assertThatThrownBy(() -> rules.requireAtomic(method("connection"), resource))
                .hasMessageContaining(resource.getSimpleName())
                .hasMessageContaining("that belongs to no request: take it as a parameter @Context ")
                .hasMessageEndingWith(" of the atomic method");
    }

    @Test
    void aParameterNamesOneParticipant() {
        assertThatCode(() -> rules.requireAtomic(method("participant"), Methods.class))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.requireAtomic(method("oneOfTwo"), Methods.class))
                .hasMessageContaining("takes java.lang.Appendable, and each transaction has 2 of them");
    }

    private static Method method(String name) {
        return Arrays.stream(Methods.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    interface Methods {
        void handle(Handle handle);

        void connection(@Context Connection connection);

        void participant(@Context Number participant);

        void oneOfTwo(@Context Appendable participant);

        void own(Connection connection, Number number);

        void marked(@Named("read replica") Handle handle);
    }

    static final class InAField {
        @Context
        @Nullable
        Connection connection;
    }

    record InAConstructor(@Context Connection connection) {}

    static final class InAnInjectedConstructor {
        @Inject
        @SuppressWarnings("UnusedVariable") // its type is what is looked at
        InAnInjectedConstructor(Number participant) {}
    }

    static final class InASetter {
        @Context
        void set(Handle handle) {}
    }

    /** By the application. */
    record Made(Connection connection, Number number) {}
}
