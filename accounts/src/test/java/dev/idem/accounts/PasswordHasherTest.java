package dev.idem.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PasswordHasherTest {
    private final PasswordHasher hasher = new PasswordHasher();

    @Test
    void aHashIsArgon2idWithItsParametersAndVerifiesItsPasswordOnly() {
        String hash = hasher.hash("correct horse battery");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.verify("correct horse battery", hash)).isTrue();
        assertThat(hasher.verify("correct horse batterY", hash)).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(hasher.hash("correct horse battery")).isNotEqualTo(hasher.hash("correct horse battery"));
    }

    @Test
    void nobodysHashHasTheFormOfAUsersAndNoPasswordHasIt() {
        String users = hasher.hash("correct horse battery");
        String nobodys = hasher.nobodysHash();

        assertThat(nobodys).hasSameSizeAs(users).startsWith(users.substring(0, users.indexOf("p=1$") + 4));
        assertThat(nobodys).isNotEqualTo(hasher.nobodysHash());
        assertThat(hasher.verify("", nobodys)).isFalse();
        assertThat(hasher.verify("correct horse battery", nobodys)).isFalse();
    }
}
