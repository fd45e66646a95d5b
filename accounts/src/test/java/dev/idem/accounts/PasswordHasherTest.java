package dev.idem.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** As release 0.9.0 wrote them, in a locale with a dotless i, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=256,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$bTzqUsBfl3WkIdEGkOVKIqCmleTYIMw44l/F9oaikEM",
                "$argon2\u0131d$v=19$m=256,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$bTzqUsBfl3WkIdEGkOVKIqCmleTYIMw44l/F9oaikEM"
            })
    void aHashOfTheLibrarysOwnTextIsRead(String hash) {
        assertThat(hasher.verify("p\u00e4ssw\u00f6rd with 16", hash)).isTrue();
        assertThat(hasher.verify("password with 16", hash)).isFalse();
    }

    @Test
    void whatIsNoHashIsADefectThatDoesNotQuoteIt() {
        assertThatThrownBy(() -> hasher.verify("x", "$2a$10$abcdef"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "junk",
                "$2b$12$abcdefghijklmnopqrstuuN1Z6YhPpG0z2yHc1Lq8nq9K3v5s6t7u",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$",
                "$argon2id$v=19$m=19456,t=2,p=1$c$aGFzaGhhc2hoYXNo",
                "$argon2id$v=19$m=19456,t=2,p=0$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo",
                "$argon2id$v=19$m=0,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo",
                "$argon2id$v=19$m=19456,t=0,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo",
                "$argon2id$v=7$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo",
                "$argon2id$v=19$m=999999999,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo",
                "$argon2id$v=19$m=19456,t=999999999,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo"
            })
    void whatIsNoHashOrWouldTakeTooMuchIsNotVerified(String hash) {
        assertThat(hasher.canVerify(hash)).isFalse();
    }

    @Test
    void whatItWritesItVerifies() {
        assertThat(hasher.canVerify(hasher.nobodysHash())).isTrue();
        assertThat(hasher.canVerify(null)).isFalse();
    }
}
