package dev.idem.core.store.authority;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InstallationTest {

    @Test
    void anotherDatabaseIsAnotherOne() {
        assertThat(of("a/1/7").is(of("a/1/7"))).isTrue();
        assertThat(of("a/1/7").is(of("a/2/7"))).isFalse();
        assertThat(of("a/1/7").is(of("a/1/8"))).isFalse();
        assertThat(of("a/1").is(of("a/12/7"))).isFalse();
    }

    @Test
    void aRoleThatMayNotKnowTheServerIsOfTheSameInstallation() {
        assertThat(of("a/1").is(of("a/1/7"))).isTrue();
        assertThat(of("a/1/7").is(of("a/1"))).isTrue();
    }

    private static Installation of(String id) {
        return new Installation(id, "orders");
    }
}
