package dev.idem.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose key it is, by the names that applications give to their users. */
final class ScopeTest {
    private static final String LONGEST = "n".repeat(250);

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann@example.com", "DOMAIN\\ann", "-hash:ann", ""})
    void aNameThatFitsIsLegible(String name) {
        assertThat(Scope.ofUser(name).value()).isEqualTo("user:" + name);
        assertThat(Scope.ofUser(LONGEST).value()).isEqualTo("user:" + LONGEST);
    }

    @ParameterizedTest
    @MethodSource("namesThatDoNotFit")
    void anyOtherNameIsHashed(String name) {
        assertThat(Scope.ofUser(name).value()).matches("user-hash:[0-9a-f]{64}");
        assertThat(Scope.ofUser(name)).isEqualTo(Scope.ofUser(name)).isEqualTo(Scope.ofText("user:" + name));
    }

    @Test
    void noTwoNamesShareAScope() {
        List<String> names = Stream.concat(
                        namesThatDoNotFit(),
                        Stream.of(LONGEST, Scope.ofUser("Ann Lee").value(), "Ann", "Lee"))
                .toList();

        assertThat(names.stream().map(Scope::ofUser).distinct()).hasSameSizeAs(names);
    }

    @Test
    void anOperatorWritesOtherScopesAsTheyAre() {
        assertThat(Scope.ofText("user:ann").value()).isEqualTo("user:ann");
        assertThat(Scope.ofText(Scope.ofUser("Jörg").value())).isEqualTo(Scope.ofUser("Jörg"));
        assertThatThrownBy(() -> Scope.ofText("tenant:ö"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
    }

    private static Stream<String> namesThatDoNotFit() {
        return Stream.of(
                "Ann Lee",
                "Jörg",
                "ann ",
                " ann",
                "\t",
                "用户",
                "😀",
                "\ud83d \ud83d",
                "\ude00 \ude00",
                "? ?",
                "a\u0000b",
                LONGEST + 'n',
                LONGEST + "no");
    }
}
